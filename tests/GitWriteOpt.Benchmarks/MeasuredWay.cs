using GitWriteOpt.Operations;

namespace GitWriteOpt.Benchmarks;

/// <summary>One way of writing files over existing ones, in a repository of its own.</summary>
internal abstract class MeasuredWay(string name, ScratchRepository repository) : IDisposable
{
    /// <summary>Its name in the tables.</summary>
    public string Name => name;

    /// <summary>Where it writes.</summary>
    protected ScratchRepository Repository => repository;

    /// <summary>Gets ready, untimed.</summary>
    public abstract void Prepare(IReadOnlyList<byte[]> contents);

    /// <summary>Writes; this is what is timed.</summary>
    /// <returns>Milliseconds by phase, where it has phases.</returns>
    public abstract IReadOnlyDictionary<string, double> Write();

    /// <inheritdoc/>
    public virtual void Dispose() => repository.Dispose();

    /// <summary><see cref="File.WriteAllBytes(string, byte[])"/>, one file after the other.</summary>
    internal sealed class Naive(ScratchRepository repository) : MeasuredWay("naive", repository)
    {
        private static readonly Dictionary<string, double> NoPhases = [];
        private IReadOnlyList<byte[]> _contents = [];

        public override void Prepare(IReadOnlyList<byte[]> contents) => _contents = contents;

        public override IReadOnlyDictionary<string, double> Write()
        {
            for (var i = 0; i < _contents.Count; i++)
            {
                File.WriteAllBytes(Repository.Absolute[i], _contents[i]);
            }

            return NoPhases;
        }
    }

    /// <summary>The same with an fsync of each file.</summary>
    internal sealed class NaiveSynced(ScratchRepository repository) : MeasuredWay("naive + fsync", repository)
    {
        private static readonly Dictionary<string, double> NoPhases = [];
        private IReadOnlyList<byte[]> _contents = [];

        public override void Prepare(IReadOnlyList<byte[]> contents) => _contents = contents;

        public override IReadOnlyDictionary<string, double> Write()
        {
            for (var i = 0; i < _contents.Count; i++)
            {
                using var file = File.OpenHandle(Repository.Absolute[i], FileMode.Create, FileAccess.Write);
                RandomAccess.Write(file, _contents[i], 0);
                RandomAccess.FlushToDisk(file);
            }

            return NoPhases;
        }
    }

    /// <summary>A transaction, by a writer that stays open.</summary>
    internal sealed class Transactional : MeasuredWay
    {
        private readonly Writer _writer;
        private readonly ApplyOptions _options;
        private Batch? _batch;

        public Transactional(ScratchRepository repository, Durability durability)
            : base($"writeopt {durability.ToString().ToLowerInvariant()}", repository)
        {
            _writer = Writer.Open(repository.Root);
            _options = new ApplyOptions { Durability = durability };
        }

        /// <summary>What the plan of the newest batch expected, in milliseconds.</summary>
        public double Estimated { get; private set; }

        public override void Prepare(IReadOnlyList<byte[]> contents)
        {
            _batch = Repository.Batch(contents);
            Estimated = _writer.Plan(_batch, _options).EstimatedSeconds * 1000;
        }

        public override IReadOnlyDictionary<string, double> Write()
        {
            var outcome = _writer.Apply(_batch!, _options);
            return outcome.State == WriteState.Applied ? outcome.Timings
                : throw new InvalidOperationException($"{outcome.State}: {outcome.Error?.Message}");
        }

        public override void Dispose()
        {
            _writer.Dispose();
            base.Dispose();
        }
    }
}

using BenchmarkDotNet.Attributes;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Benchmarks.Parts;

/// <summary>Writing a pack of files of 4 KB, to the disk and away again.</summary>
[MemoryDiagnoser]
public class PackBenchmarks
{
    private ScratchRepository? _repository;
    private RepositoryLayout? _layout;
    private IReadOnlyList<Content> _contents = [];

    [Params(1, 100, 1000)]
    public int Files { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _repository = new ScratchRepository(Path.GetTempPath(), Files);
        _layout = Discovery.Open(_repository.Root).Layout;
        _contents = [.. _repository.Contents(1).Select(bytes => new Content.Memory(bytes))];
    }

    [GlobalCleanup]
    public void Cleanup() => _repository?.Dispose();

    [Benchmark]
    public long Write()
    {
        using var pack = new PackWriter(_layout!);
        pack.AddBlobs(_contents);
        var written = pack.Finish()!;
        written.Discard();
        return written.Bytes;
    }
}

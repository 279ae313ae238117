using BenchmarkDotNet.Attributes;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Benchmarks.Parts;

/// <summary>Planning a batch over files of 4 KB: reading them, ordering, grouping and judging the changes.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private ScratchRepository? _repository;
    private Writer? _writer;
    private Batch? _batch;

    [Params(1, 100, 1000)]
    public int Files { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _repository = new ScratchRepository(Path.GetTempPath(), Files);
        _writer = Writer.Open(_repository.Root);
        _batch = _repository.Batch(_repository.Contents(1));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _writer?.Dispose();
        _repository?.Dispose();
    }

    [Benchmark]
    public WritePlan Plan() => _writer!.Plan(_batch!, new ApplyOptions());
}

using BenchmarkDotNet.Attributes;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Benchmarks.Parts;

/// <summary>Ids of blobs: our managed SHA-1 against the platform's, without what loading the latter costs.</summary>
[MemoryDiagnoser]
public class HashBenchmarks
{
    private readonly ManagedSha1 _managed = new();
    private byte[] _bytes = [];

    [Params(512, 4096, 65536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _bytes = new byte[Length];
        new Random(1).NextBytes(_bytes);
    }

    [Benchmark(Baseline = true)]
    public int Managed()
    {
        Span<byte> hash = stackalloc byte[20];
        _managed.Append(_bytes);
        _managed.Finish(hash);
        return hash[0];
    }

    [Benchmark]
    public ObjectId Platform() => ObjectHash.Of(ObjectType.Blob, _bytes, ObjectFormat.Sha1);
}

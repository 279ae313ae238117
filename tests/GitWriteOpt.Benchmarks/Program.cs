using BenchmarkDotNet.Running;
using GitWriteOpt.Benchmarks;

// `apply ...`: whole batches against naive writing, alternating. Anything else is BenchmarkDotNet's command line, for
// the parts of the library.
if (args is ["apply", .. var rest])
{
    return ApplyComparison.Run(ComparisonOptions.Parse(rest));
}

BenchmarkSwitcher.FromAssembly(typeof(ApplyComparison).Assembly).Run(args);
return 0;

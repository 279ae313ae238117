using BenchmarkDotNet.Running;
using GitWriteOpt.Benchmarks;

// `apply ...`: whole batches against naive writing, alternating. `edges` and `importers`: see EdgeList. Anything else is BenchmarkDotNet's command line, for
// the parts of the library.
if (args is ["apply", .. var rest])
{
    return ApplyComparison.Run(ComparisonOptions.Parse(rest));
}

switch (args)
{
    case ["edges", var root, var language]:
        return EdgeList.Run(root, language);
    case ["importers", var root, var path]:
        return EdgeList.Importers(root, path);
}

BenchmarkSwitcher.FromAssembly(typeof(ApplyComparison).Assembly).Run(args);
return 0;

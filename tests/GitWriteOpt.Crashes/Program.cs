using GitWriteOpt.Crashes;
using GitWriteOpt.Crashes.Tracing;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (Tracer.Unavailable is { } obstacle)
{
    Console.Error.WriteLine($"not here: {obstacle}");
    return 2;
}

if (Binaries.Find(options.Binary, Console.Error) is not { } binary)
{
    return 2;
}

if (options.Sweep is "powercut" or "all" && Namespaces.RunAgainInside(args) is { } code)
{
    return code;
}

var report = new Report(Console.Out);
Sweeping.Run(options, binary, report);
if (options.Json is { } path)
{
    report.WriteJson(path);
}

return report.HasBad ? 1 : 0;

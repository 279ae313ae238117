using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>The program, run as a process.</summary>
internal static class Writeopt
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The one that was built beside the tests, or the published one that the caller named: many times faster.</summary>
    public static string Binary { get; } = HermeticEnvironment.NamedBinary is { } named ? WithCompanions(named)
        : Path.Combine(AppContext.BaseDirectory, "git-writeopt" + Suffix);

    public static (int ExitCode, string Output, string Error) Run(TestRepository repository, params string[] arguments) =>
        TestRepository.RunAny(repository.Root, Binary, arguments);

    public static (int ExitCode, string Output, string Error) Feed(TestRepository repository, string input,
        params string[] arguments) => TestRepository.RunAny(repository.Root, Binary, arguments, input);

    // A published program alone has neither server nor parsers: it gets those that were built beside the tests.
    private static string WithCompanions(string named)
    {
        var folder = Directory.CreateDirectory(Path.Combine(HermeticEnvironment.Root, "bin")).FullName;
        var program = Path.Combine(folder, "git-writeopt" + Suffix);
        File.Copy(named, program);
        foreach (var library in Directory.EnumerateFiles(Path.GetDirectoryName(named)!, "libgit2-*"))
        {
            File.Copy(library, Path.Combine(folder, Path.GetFileName(library)));
        }

        foreach (var companion in (string[])["git-writeopt-mcp", "git-writeopt-syntax"])
        {
            File.CreateSymbolicLink(Path.Combine(folder, companion + Suffix),
                Path.Combine(AppContext.BaseDirectory, companion + Suffix));
        }

        return program;
    }
}

using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>The built program, run as a process.</summary>
internal static class Writeopt
{
    /// <summary>The one that was built beside the tests.</summary>
    public static string Binary { get; } = Path.Combine(AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "git-writeopt.exe" : "git-writeopt");

    public static (int ExitCode, string Output, string Error) Run(TestRepository repository, params string[] arguments) =>
        TestRepository.RunAny(repository.Root, Binary, arguments);

    public static (int ExitCode, string Output, string Error) Feed(TestRepository repository, string input,
        params string[] arguments) => TestRepository.RunAny(repository.Root, Binary, arguments, input);
}

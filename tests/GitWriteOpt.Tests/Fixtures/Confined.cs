using GitWriteOpt.Tests.EndToEnd;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>
/// The built program under permission bits that bind: for root (as in CI) the capabilities that override them are taken
/// away by util-linux's <c>setpriv</c>; anybody else is bound anyway.
/// </summary>
internal static class Confined
{
    private const string Overriding = "-dac_override,-dac_read_search,-fowner,-chown";

    /// <summary>Whether the tests run as root.</summary>
    public static bool IsRoot { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    public static (int ExitCode, string Output, string Error) Feed(
        TestRepository repository, string input, params string[] arguments) => IsRoot
        ? TestRepository.RunAny(repository.Root, "setpriv",
            [$"--bounding-set={Overriding}", $"--inh-caps={Overriding}", Writeopt.Binary, .. arguments], input)
        : TestRepository.RunAny(repository.Root, Writeopt.Binary, arguments, input);
}

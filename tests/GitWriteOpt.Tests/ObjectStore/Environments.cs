using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

/// <summary>Environments for one test alone, for the library and for git: tests share a process.</summary>
internal static class Environments
{
    public static CallerEnvironment With(params (string, string?)[] changes) => CallerEnvironment.OfProcess().With(changes);

    public static (int ExitCode, string Output, string Error) Git(
        string directory, (string Name, string? Value)[] environment, params string[] arguments) =>
        TestRepository.RunAny(directory, "git", arguments, environment: environment.ToDictionary(e => e.Name, e => e.Value));
}

using System.Runtime.CompilerServices;

namespace GitWriteOpt.Tests.Cli;

/// <summary>Where this solution's files are, for tests of what is not code.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(OwnPath())
        ?? throw new InvalidOperationException("GitWriteOpt.sln was not found above the tests");

    private static string? Find(string from)
    {
        var directory = new DirectoryInfo(from);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "GitWriteOpt.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName;
    }

    private static string OwnPath([CallerFilePath] string path = "") => path;
}

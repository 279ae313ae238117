namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// Programs of ours beside this one, which keep out of it what only they need. Looked for where this program lies, then on
/// <c>PATH</c> (a .NET tool lies elsewhere than the command that starts it); never relative to the current directory.
/// </summary>
internal static class CompanionProgram
{
    /// <summary>The absolute path of a program, or null where it is not installed.</summary>
    internal static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified).Prepend(AppContext.BaseDirectory)
            .Select(directory => Path.Combine(directory, file)).FirstOrDefault(File.Exists);
    }
}

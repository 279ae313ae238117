using System.Diagnostics;

namespace GitWriteOpt.Crashes;

/// <summary>Finds the binary under test.</summary>
internal static class Binaries
{
    private const string Name = "git-writeopt";

    /// <summary>The one that was named, else the one on PATH, else one that is published now; says which.</summary>
    internal static string? Find(string? named, TextWriter say)
    {
        var found = named ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Where(Path.IsPathRooted).Select(d => Path.Combine(d, Name)).FirstOrDefault(File.Exists) ?? Publish(say);
        if (found is null || !File.Exists(found))
        {
            say.WriteLine($"there is no {found ?? Name}: name it with --binary");
            return null;
        }

        say.WriteLine($"testing {found}");
        return found;
    }

    private static string? Publish(TextWriter say)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(root.FullName + "/GitWriteOpt.sln"))
        {
            root = root.Parent;
        }

        if (root is null)
        {
            return null;
        }

        var folder = root.FullName + "/artifacts/crashes";
        say.WriteLine($"publishing into {folder}");
        string[] words = ["publish", root.FullName + "/src/GitWriteOpt.Cli", "-c", "Release", "-o", folder];
        using var process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true })!;
        say.Write(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return process.ExitCode == 0 ? $"{folder}/{Name}" : null;
    }
}

using System.Text;

namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>A repository with real files, and the batch that is applied to it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Commit">Makes the committed files.</param>
/// <param name="Plan">The batch.</param>
/// <param name="Work">Makes the user's uncommitted work; with true some of it is in the batch's way.</param>
public sealed record Scenario(
    string Name, Action<Ground> Commit, Func<Ground, IReadOnlyList<Change>> Plan, Action<Ground, bool> Work)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [MixedScenario.Make(), BigScenario.Make(), SwapScenario.Make()];
}

/// <summary>The worktree that a scenario builds, with made-up contents that are the same each time.</summary>
/// <param name="root">The worktree's root.</param>
/// <param name="hermetic">Runs git.</param>
public sealed class Ground(string root, Hermetic hermetic)
{
    private static readonly string[] Words =
        ["alpha", "beta", "gamma", "delta", "index", "write", "stage", "lock", "tree", "blob", "commit", "path"];

    /// <summary>The scenario's own numbers.</summary>
    public Random Random { get; } = new(20261122);

    /// <summary>Writes a file.</summary>
    public void Put(string path, byte[] content, UnixFileMode? mode = null)
    {
        var file = root + "/" + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        if (mode is { } bits)
        {
            File.SetUnixFileMode(file, bits);
        }
    }

    /// <summary>Writes a link.</summary>
    public void Link(string path, string target) => File.CreateSymbolicLink(root + "/" + path, target);

    /// <summary>Makes an empty directory.</summary>
    public void Empty(string path) => Directory.CreateDirectory(root + "/" + path);

    /// <summary>Runs git here.</summary>
    public void Git(params string[] arguments) => hermetic.Must(root, ["git", .. arguments]);

    /// <summary>Some lines of text.</summary>
    public byte[] Text(int lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            text.Append(string.Join(' ', Enumerable.Range(0, 6).Select(_ => Words[Random.Next(Words.Length)])))
                .Append(' ').Append(Random.Next()).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Bytes that are no text.</summary>
    public byte[] Binary(int length)
    {
        var bytes = new byte[length];
        Random.NextBytes(bytes);
        bytes[0] = 0;
        return bytes;
    }
}

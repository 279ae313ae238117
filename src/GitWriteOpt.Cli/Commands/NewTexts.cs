using System.Text;
using System.Text.Unicode;

namespace GitWriteOpt.Cli.Commands;

/// <summary>The texts of changed files as they are in the worktree; what is no text, large, a link or gone is left out.</summary>
internal static class NewTexts
{
    private const int Most = 8;
    private const long Largest = 256 << 10;

    /// <summary>Of the first few of these paths.</summary>
    public static IReadOnlyList<(string Path, string Content)> Of(IReadOnlyList<string> paths, Learning learning)
    {
        var texts = new List<(string, string)>();
        for (var i = 0; i < paths.Count && texts.Count < Most && !learning.Layout.IsBare; i++)
        {
            var file = new FileInfo(Path.Combine(learning.Layout.WorktreeRoot, paths[i]));
            if (file is { Exists: true, LinkTarget: null, Length: <= Largest } && TryRead(file.FullName) is { } bytes
                && Utf8.IsValid(bytes) && !bytes.AsSpan().Contains((byte)0))
            {
                texts.Add((paths[i], Encoding.UTF8.GetString(bytes)));
            }
        }

        return texts;
    }

    // Whoever changes it at this moment is not disturbed for a suggestion.
    private static byte[]? TryRead(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

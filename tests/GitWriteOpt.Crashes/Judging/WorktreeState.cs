using System.Security.Cryptography;
using System.Text;

namespace GitWriteOpt.Crashes.Judging;

/// <summary>
/// A worktree as one canonical text: kind, full mode, git's id of the bytes or of the link's target, and path, a line
/// each; directories have lines too, so that a forgotten empty one shows.
/// </summary>
/// <param name="Text">The lines, sorted by path.</param>
/// <param name="Contents">The ids of all bytes in it, each with a path that has them.</param>
public sealed record WorktreeState(string Text, IReadOnlyDictionary<string, string> Contents)
{
    /// <summary>Reads it. <c>.git</c> at the root is left out.</summary>
    public static WorktreeState Of(string root, bool sha256)
    {
        var lines = new StringBuilder();
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        Visit(new DirectoryInfo(root), "", sha256, lines, contents);
        return new WorktreeState(lines.ToString(), contents);
    }

    /// <summary>git's id of a blob.</summary>
    public static string BlobId(ReadOnlySpan<byte> content, bool sha256)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content];
        return Convert.ToHexStringLower(sha256 ? SHA256.HashData(whole) : SHA1.HashData(whole));
    }

    private static void Visit(
        DirectoryInfo directory, string prefix, bool sha256, StringBuilder lines, Dictionary<string, string> contents)
    {
        foreach (var entry in directory.GetFileSystemInfos().Where(e => prefix.Length > 0 || e.Name != ".git")
            .OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var path = prefix + entry.Name;
            if (entry.LinkTarget is { } target)
            {
                Add("link", Encoding.UTF8.GetBytes(target), path);
            }
            else if (entry is DirectoryInfo inner)
            {
                lines.Append($"dir {Bits(entry)} {path}/\n");
                Visit(inner, path + "/", sha256, lines, contents);
            }
            else
            {
                Add($"file {Bits(entry)}", File.ReadAllBytes(entry.FullName), path);
            }
        }

        void Add(string kind, byte[] bytes, string path)
        {
            var id = BlobId(bytes, sha256);
            contents.TryAdd(id, path);
            lines.Append($"{kind} {id} {path.Replace("\n", "\\n", StringComparison.Ordinal)}\n");
        }
    }

    private static string Bits(FileSystemInfo entry) => Convert.ToString((int)entry.UnixFileMode, 8);
}

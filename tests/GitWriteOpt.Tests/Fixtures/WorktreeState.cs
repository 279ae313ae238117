using System.Security.Cryptography;
using System.Text;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>A worktree as one canonical text: kind, permission bits, content hash or target, and path, a line each.</summary>
internal static class WorktreeState
{
    public static string Of(string root)
    {
        var lines = new StringBuilder();
        Visit(new DirectoryInfo(root), "", lines);
        return lines.ToString();
    }

    private static void Visit(DirectoryInfo directory, string prefix, StringBuilder lines)
    {
        var entries = directory.GetFileSystemInfos().Where(e => prefix.Length > 0 || e.Name != ".git")
            .OrderBy(e => e.Name, StringComparer.Ordinal).ToList();
        if (entries.Count == 0 && prefix.Length > 0)
        {
            lines.Append("empty ").Append(Bits(directory)).Append(' ').AppendLine(prefix);
        }

        foreach (var entry in entries)
        {
            var path = prefix + entry.Name;
            if (entry.LinkTarget is { } target)
            {
                lines.AppendLine($"link {target} {path}");
            }
            else if (entry is DirectoryInfo inner)
            {
                Visit(inner, path + "/", lines);
            }
            else
            {
                var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(entry.FullName)))[..20];
                lines.AppendLine($"file {Bits(entry)} {hash} {path}");
            }
        }
    }

    private static string Bits(FileSystemInfo entry) =>
        OperatingSystem.IsWindows() ? "-" : Convert.ToString((int)entry.UnixFileMode, 8);
}

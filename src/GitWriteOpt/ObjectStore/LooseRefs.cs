using System.IO.Enumeration;
using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>What a loose ref's file holds.</summary>
/// <param name="Exists">Whether there is a file.</param>
/// <param name="Id">The object; null where the file holds none.</param>
/// <param name="Target">The ref that it names (<c>ref: ...</c>), or null.</param>
internal readonly record struct LooseRef(bool Exists, ObjectId? Id, string? Target)
{
    /// <summary>Whether it holds neither an object id nor a name.</summary>
    public bool IsDamaged => Exists && Id is null && Target is null;
}

/// <summary>Reads refs that are files of their own.</summary>
internal sealed class LooseRefs(RepositoryLayout layout)
{
    private const int LongestContent = 1024;

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
    };

    /// <summary>The file of a ref: HEAD and its like in the worktree's git directory, all others in the common one.</summary>
    public string FileOf(string name) => Path.Combine(name.StartsWith("refs/", StringComparison.Ordinal)
        && !name.StartsWith("refs/bisect/", StringComparison.Ordinal)
        && !name.StartsWith("refs/worktree/", StringComparison.Ordinal)
        && !name.StartsWith("refs/rewritten/", StringComparison.Ordinal)
        ? layout.CommonDirectory
        : layout.GitDirectory, name);

    /// <summary>Reads one ref.</summary>
    public LooseRef Read(string name)
    {
        var file = FileOf(name);
        Span<byte> content = stackalloc byte[LongestContent];
        int length;
        if (PathStatus.IsKnownAbsent(file))
        {
            return default;
        }

        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            length = RandomAccess.Read(handle, content, 0);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(file))
        {
            return default;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Faults.Of(Errno.Of(cause)) is Fault.NotADirectory or Fault.IsADirectory
                ? default
                : throw Errno.Exception(cause, "read", file);
        }

        return Parse(content[..length]);
    }

    /// <summary>The names of all loose refs below a prefix that ends with a slash, in no order; nothing is opened.</summary>
    public List<string> Names(string prefix)
    {
        var directory = FileOf(prefix).TrimEnd('/');
        var root = layout.CommonDirectory.Length + 1;
        var names = new List<string>();
        try
        {
            var files = new FileSystemEnumerable<string>(directory, (ref entry) => entry.ToFullPath(), Below)
            {
                ShouldIncludePredicate = static (ref entry) =>
                    !entry.IsDirectory && !entry.FileName.EndsWith(".lock", StringComparison.Ordinal),
                ShouldRecursePredicate = static (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            };
            foreach (var file in files)
            {
                var name = OperatingSystem.IsWindows() ? file[root..].Replace('\\', '/') : file[root..];
                if (RefNames.IsWellFormed(name))
                {
                    names.Add(name); // git, too, passes over what an editor or a sync tool left there
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // No such refs; or pack-refs removed a directory that it had emptied, and packed-refs has them.
            return names;
        }

        return names;
    }

    private LooseRef Parse(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("ref:"u8))
        {
            var target = content[4..].Trim(" \t\r\n"u8);
            return new LooseRef(true, null, target.Contains((byte)0) ? null : Encoding.UTF8.GetString(target));
        }

        var digits = layout.ObjectFormat == ObjectFormat.Sha256 ? 64 : 40;
        Span<char> hex = stackalloc char[digits];
        return content.Length >= digits
            && (content.Length == digits || content[digits] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t')
            && Encoding.Latin1.GetChars(content[..digits], hex) == digits && ObjectId.TryParse(hex, out var id)
            ? new LooseRef(true, id, null)
            : new LooseRef(true, null, null);
    }
}

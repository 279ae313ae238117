using System.Diagnostics.CodeAnalysis;

namespace GitWriteOpt.ObjectStore;

/// <summary>The kinds of git objects, with the numbers that packs use.</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "git knows no object without a kind")]
public enum ObjectType
{
    /// <summary>A commit.</summary>
    Commit = 1,

    /// <summary>A directory.</summary>
    Tree = 2,

    /// <summary>The bytes of a file or the target of a link.</summary>
    Blob = 3,

    /// <summary>An annotated tag.</summary>
    Tag = 4,
}

/// <summary>git's words for the kinds of objects.</summary>
internal static class ObjectTypes
{
    /// <summary>The word, as it stands in an object's header.</summary>
    public static string Word(this ObjectType type) => type switch
    {
        ObjectType.Commit => "commit",
        ObjectType.Tree => "tree",
        ObjectType.Blob => "blob",
        _ => "tag",
    };

    /// <summary>The kind that a word names, or null.</summary>
    public static ObjectType? Parse(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("blob"u8) ? ObjectType.Blob
        : word.SequenceEqual("tree"u8) ? ObjectType.Tree
        : word.SequenceEqual("commit"u8) ? ObjectType.Commit
        : word.SequenceEqual("tag"u8) ? ObjectType.Tag
        : null;

    /// <summary>Writes the header that is hashed before an object's bytes: word, blank, length, NUL. Its length.</summary>
    public static int WriteHeader(ObjectType type, long length, Span<byte> target)
    {
        System.Text.Unicode.Utf8.TryWrite(target, System.Globalization.CultureInfo.InvariantCulture,
            $"{type.Word()} {length}\0", out var written);
        return written;
    }
}

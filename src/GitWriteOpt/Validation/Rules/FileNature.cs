using System.Text.Unicode;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules;

/// <summary>What kind of file rules have before them, by its path and its bytes.</summary>
internal static class FileNature
{
    private const int BinaryLook = 8000;

    /// <summary>
    /// Whether the file lies among tests, whose data may be broken on purpose and whose secrets are made up: what is found
    /// there is a warning.
    /// </summary>
    public static bool IsTestData(RepoPath path) => WorkflowSteps.IsInFolder(path.Value, WorkflowSteps.IsTestFolder);

    /// <summary>Whether git would call it binary: a NUL among its first 8,000 bytes.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, BinaryLook)].Contains((byte)0);

    /// <summary>Whether it begins with a byte order mark of UTF-16 or UTF-32.</summary>
    public static bool IsWide(ReadOnlySpan<byte> bytes) => bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [0, 0, 0xfe, 0xff, ..];

    /// <summary>Whether it is text in UTF-8.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => !bytes.Contains((byte)0) && Utf8.IsValid(bytes);

    /// <summary>
    /// Whether a template engine makes the real file of this one: directives of Go, Helm, Jinja, Mustache, ERB, EJS or T4. An
    /// expression of a GitHub workflow (<c>${{ }}</c>) is none.
    /// </summary>
    public static bool IsTemplate(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("{%"u8) >= 0 || bytes.IndexOf("<%"u8) >= 0 || bytes.IndexOf("<#"u8) >= 0)
        {
            return true;
        }

        for (var at = bytes.IndexOf("{{"u8); at >= 0;)
        {
            if (at == 0 || bytes[at - 1] != '$')
            {
                return true;
            }

            var next = bytes[(at + 2)..].IndexOf("{{"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return false;
    }
}

using System.Text;

namespace GitWriteOpt.Tests.Replay;

/// <summary>One path that a commit changes, as <c>git diff-tree --raw -z</c> tells it.</summary>
/// <param name="Status">A, D, M, R or T.</param>
/// <param name="OldMode">git's mode before, octal; 000000 for an addition.</param>
/// <param name="NewMode">git's mode after, octal; 000000 for a deletion.</param>
/// <param name="OldBlob">The blob before, hex.</param>
/// <param name="NewBlob">The blob after, hex.</param>
/// <param name="OldPath">The path before; for a rename the source.</param>
/// <param name="Path">The path after.</param>
internal sealed record CommitChange(
    char Status, string OldMode, string NewMode, string OldBlob, string NewBlob, string OldPath, string Path)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether a submodule's commit changes: nothing that a batch of writes can do.</summary>
    public bool IsGitlink => OldMode == "160000" || NewMode == "160000";

    public bool IsLink => NewMode == "120000";

    /// <summary>Whether a file changes its executable bit.</summary>
    public bool IsModeChange => OldMode.StartsWith("100", StringComparison.Ordinal)
        && NewMode.StartsWith("100", StringComparison.Ordinal) && OldMode != NewMode;

    /// <summary>Reads the answer of <c>git diff-tree -r -z --raw --full-index</c>.</summary>
    /// <exception cref="DecoderFallbackException">A name is not UTF-8.</exception>
    public static IReadOnlyList<CommitChange> Parse(byte[] raw)
    {
        var fields = StrictUtf8.GetString(raw).Split('\0');
        var changes = new List<CommitChange>();
        for (var i = 0; i + 1 < fields.Length;)
        {
            var head = fields[i++][1..].Split(' ');
            var old = fields[i++];
            var path = head[4][0] == 'R' ? fields[i++] : old;
            changes.Add(new CommitChange(head[4][0], head[0], head[1], head[2], head[3], old, path));
        }

        return changes;
    }
}

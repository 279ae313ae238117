using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>
/// What a merge leaves for a person: the three markers in their order, each at the start of a line. In prose, in diffs and
/// among tests, which show them, they are a warning.
/// </summary>
internal sealed class ConflictMarkers() : StateRule(new RuleInfo("conflict-marker", ErrorCategory.Format, CheckSeverity.Error,
    "the markers of an unresolved merge"))
{
    private const int Most = 20;

    private static readonly string[] Prose = [".md", ".markdown", ".rst", ".txt", ".adoc", ".asciidoc", ".diff", ".patch", ".html", ".po"];

    /// <inheritdoc/>
    public override bool EachByItself => true;

    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => true;

    /// <inheritdoc/>
    public override string Variant(RepoPath path) => IsShown(path) ? "shown" : "";

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        var all = bytes.Span;
        var found = new List<Sighting>();
        if (FileNature.IsBinary(all))
        {
            return found;
        }

        for (var at = 0; found.Count < Most && Next(all, "<<<<<<< "u8, at) is var ours and >= 0;)
        {
            var middle = Next(all, "======="u8, ours, whole: true);
            var theirs = middle < 0 ? -1 : Next(all, ">>>>>>> "u8, middle);
            if (theirs < 0)
            {
                break;
            }

            found.Add(new Sighting(path, "a merge was left unresolved here: expected neither <<<<<<< nor ======= nor >>>>>>>",
                TextPosition.Of(all, ours).Line, 1)
            {
                Suggestion = "keep one side or both, and remove the three markers",
                Unsure = IsShown(path),
            });
            at = theirs;
        }

        return found;
    }

    private static bool IsShown(RepoPath path) => FileNature.IsTestData(path)
        || Prose.Any(ending => path.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // The next line that begins so.
    private static int Next(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> marker, int from, bool whole = false)
    {
        while (from <= bytes.Length && bytes[from..].IndexOf(marker) is var found and >= 0)
        {
            var at = from + found;
            var end = at + marker.Length;
            if ((at == 0 || bytes[at - 1] == '\n') && (!whole || end == bytes.Length || bytes[end] is (byte)'\n' or (byte)'\r' or (byte)' '))
            {
                return at;
            }

            from = end;
        }

        return -1;
    }
}

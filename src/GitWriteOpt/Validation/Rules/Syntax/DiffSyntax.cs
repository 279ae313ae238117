using GitWriteOpt.Batches.Diffs;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>Unified diffs whose hunks have fewer or more lines than they say: no tool applies them as they are.</summary>
internal sealed class DiffSyntax() : SyntaxRule(new RuleInfo("diff-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "a hunk of a .diff or .patch file that has other lines than its header counts"))
{
    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) => EndsWith(path.Name, ".diff", ".patch") ? "diff" : null;

    /// <inheritdoc/>
    protected override bool IsTemplate(ReadOnlySpan<byte> bytes) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        var text = bytes.Span;
        var (line, hunk, before) = (0, 0, 0);
        var (old, added) = (0, 0);
        var file = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            line++;
            var one = text[range];
            if (old <= 0 && added <= 0)
            {
                // A hunk follows the names of its files, or another hunk: elsewhere "@@" is prose.
                before = one.StartsWith("+++ "u8) ? line : before;
                file |= before == line;
                if (file && one.StartsWith("@@ -"u8) && (before == line - 1 || hunk > 0))
                {
                    if (!HunkHeader.TryParse(one.TrimEnd("\r"u8), out var header))
                    {
                        return [new Sighting(path, "expected a hunk's header: @@ -line,count +line,count @@", line, 1)];
                    }

                    (hunk, old, added) = (line, header.OldCount, header.NewCount);
                }

                continue;
            }

            (old, added) = (one is [] ? (byte)' ' : one[0]) switch
            {
                (byte)' ' or (byte)'\r' or (byte)'\t' => (old - 1, added - 1),
                (byte)'-' => (old - 1, added),
                (byte)'+' => (old, added - 1),
                (byte)'\\' => (old, added),
                _ => (-1, 1),
            };
            if (old < 0 || added < 0)
            {
                return [Found(path, line, hunk, "this line does not fit the hunk")];
            }
        }

        return old > 0 || added > 0 ? [Found(path, line, hunk, "the diff ends inside the hunk")] : [];
    }

    private static Sighting Found(RepoPath path, int line, int hunk, string what) =>
        new(path, $"{what} that starts at line {hunk}: expected as many lines as its header counts", line, 1)
        {
            Suggestion = "correct the counts of its @@ line; git apply --recount can do it",
        };
}

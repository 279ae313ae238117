using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.Rewrites;

/// <summary>
/// Reads what <c>ast-grep --json</c> prints (an array, or an object a line): each match with a <c>replacement</c> is put at
/// its <c>replacementOffsets</c>, else at its range, in bytes of the file. Its <c>text</c> must still be there. Matches of
/// one file become one operation.
/// </summary>
internal static class AstGrepReader
{
    /// <summary>Whether an object is a match.</summary>
    public static bool IsAt(JsonItem item) => item.Find("range")?.Find("byteOffset") is not null;

    /// <summary>Reads a batch.</summary>
    /// <exception cref="Errors.UsageException">A match is not as ast-grep prints it, or none has a replacement.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var edits = new Dictionary<RepoPath, (List<RangeReplacement> Replacements, Origin Origin)>();
        var bare = 0;
        JsonItem? first = null;
        foreach (var item in tape.Objects("a match of ast-grep"))
        {
            var match = new JsonFields(item, "the match");
            var path = match.NeedPath(context, "file");
            first ??= item;
            if (match.Find("replacement") is null or { Kind: System.Text.Json.JsonTokenType.Null })
            {
                bare++;
                continue;
            }

            if (!edits.TryGetValue(path, out var edit))
            {
                var (line, column) = item.Position;
                edits.Add(path, edit = ([], new Origin(edits.Count, line, column)));
            }

            edit.Replacements.Add(Replacement(match));
        }

        if (edits.Count == 0 && first is { } some)
        {
            throw some.Fault("missing-field", "no match has a field \"replacement\"",
                "run ast-grep with --rewrite, or with a rule that has a fix");
        }

        return new Batch(null, [.. edits.Select(edit => new Operation.RangeEdit(edit.Key, edit.Value.Replacements)
        {
            IdenticalOnce = true,
            Origin = edit.Value.Origin,
        })])
        {
            Warnings = bare == 0 ? [] : [$"{bare} matches have no replacement and were left out"],
        };
    }

    private static RangeReplacement Replacement(JsonFields match)
    {
        var range = Offsets(match.NeedObject("range", "the range").NeedObject("byteOffset", "the byte offset"));
        var target = match.FindObject("replacementOffsets", "the replacement's offsets") is { } given ? Offsets(given) : range;
        return new RangeReplacement(target.Start, target.End, match.NeedText("replacement"))
        {
            Expected = match.NeedText("text"),
            ExpectedStart = range.Start,
            ExpectedEnd = range.End,
            Line = match.Item.Position.Line,
        };
    }

    private static (TextPosition.Bytes Start, TextPosition.Bytes End) Offsets(JsonFields offsets)
    {
        var (start, end) = (offsets.NeedNumber("start", 0), offsets.NeedNumber("end", 0));
        return start <= end
            ? (new TextPosition.Bytes(start), new TextPosition.Bytes(end))
            : throw offsets.Item.Fault("bad-range", $"the range ends at byte {end}, before it begins at byte {start}");
    }
}

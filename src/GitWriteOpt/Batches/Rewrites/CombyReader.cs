using GitWriteOpt.Batches.Diffs;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.Rewrites;

/// <summary>
/// Reads what comby prints with <c>-json-lines</c>: the rewritten source of a file is a write of that file, and with
/// <c>-json-only-diff</c> its diff a patch. The ranges of <c>in_place_substitutions</c> mean the rewritten source, not the
/// file: they are checked against it, and alone they cannot be applied.
/// </summary>
internal static class CombyReader
{
    /// <summary>Whether an object is a line of comby's.</summary>
    public static bool IsAt(JsonItem item) =>
        item.Find("rewritten_source", "in_place_substitutions") is not null
        || (item.Find("uri") is not null && item.Find("diff", "matches") is not null);

    /// <summary>Reads a batch.</summary>
    /// <exception cref="Errors.UsageException">A line is not as comby prints it.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var operations = new List<Operation>();
        var warnings = new List<string>();
        foreach (var item in tape.Objects("a line of comby"))
        {
            foreach (var operation in ReadLine(new JsonFields(item, "the line of comby"), context, warnings))
            {
                var (at, column) = item.Position;
                operations.Add(operation with { Origin = new Origin(operations.Count, at, column) });
            }
        }

        return new Batch(null, operations) { Warnings = warnings };
    }

    private static IEnumerable<Operation> ReadLine(JsonFields line, BatchContext context, List<string> warnings)
    {
        if (line.Find("uri") is { Kind: System.Text.Json.JsonTokenType.Null } none)
        {
            throw none.Fault("missing-field", "comby rewrote its standard input, which is no file", "let comby read files");
        }

        var path = line.NeedPath(context, "uri");
        if (line.Find("rewritten_source") is not null)
        {
            var source = line.NeedString("rewritten_source");
            CheckSubstitutions(line, source.Utf8());
            return [new Operation.Write(path, Content.Of(source.Utf8())) { Expect = new Expectation.Present() }];
        }

        if (line.Find("diff") is not null)
        {
            // comby writes the name as it is, without the prefixes a/ and b/, and no final line feed.
            var diff = line.NeedString("diff");
            var given = diff.Text();
            var text = System.Text.Encoding.UTF8.GetBytes(given.EndsWith('\n') ? given : given + "\n");
            return DiffReader.Read(diff.Tape.Input.Carried(text, diff.Offset, "diff"), context, warnings).Patches;
        }

        if (line.Find("matches") is not null)
        {
            warnings.Add($"comby only found matches in \"{path}\": there is nothing to write");
            return [];
        }

        throw line.Item.Fault("missing-field", "the line of comby has no field \"rewritten_source\"",
            "in_place_substitutions names ranges of the rewritten source, which has to be there");
    }

    private static void CheckSubstitutions(JsonFields line, ReadOnlyMemory<byte> source)
    {
        if (line.Find("in_place_substitutions") is null)
        {
            return;
        }

        foreach (var substitution in line.NeedObjects("in_place_substitutions", "the substitution"))
        {
            var range = substitution.NeedObject("range", "the range");
            var start = range.NeedObject("start", "the start").NeedNumber("offset", 0);
            var end = range.NeedObject("end", "the end").NeedNumber("offset", 0);
            var content = substitution.NeedString("replacement_content");
            if (start > end || end > source.Length || !source.Span[start..end].SequenceEqual(content.Utf8().Span))
            {
                throw content.Fault("inconsistent-rewrite",
                    $"the bytes {start} to {end} of the rewritten source are not the replacement that comby names for them",
                    "the output may be cut off: run comby again");
            }
        }
    }
}

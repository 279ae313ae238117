using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.Sarif;

/// <summary>
/// Reads the fixes of a SARIF 2.1.0 log. All positions mean the files as they were analysed, so the fixes of one file
/// become one operation; those that say the same count once, those that overlap are refused. Of a result's fixes, which
/// are alternatives, the first is taken. Results that are gone or suppressed are left out.
/// </summary>
internal static class SarifReader
{
    /// <summary>Reads a batch.</summary>
    /// <exception cref="Errors.UsageException">It is no SARIF log, or a fix is not as the standard says.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var warnings = new List<string>();
        var edits = new Dictionary<RepoPath, (List<RangeReplacement> Replacements, Origin Origin)>();
        foreach (var root in tape.Roots)
        {
            var log = root.IsObject ? new JsonFields(root, "the SARIF log")
                : throw root.Fault("wrong-type", $"a SARIF log must be an object, not {root.KindName}");
            if (log.FindText("version") is { } version && !version.StartsWith("2.", StringComparison.Ordinal))
            {
                throw log.Need("version").Fault("unsupported-version", $"SARIF {version} is not read, only 2.1.0",
                    "convert the log, for example with sarif transform");
            }

            foreach (var run in log.NeedObjects("runs", "the run"))
            {
                ReadRun(run, new SarifLocations(run, context), edits, warnings);
            }
        }

        if (edits.Count == 0)
        {
            warnings.Add("no result of the SARIF log has a fix");
        }

        var operations = edits.Select((edit, ordinal) => new Operation.RangeEdit(edit.Key, edit.Value.Replacements)
        {
            IdenticalOnce = true,
            Origin = edit.Value.Origin with { Ordinal = ordinal },
        });
        return new Batch(null, [.. operations]) { Warnings = warnings };
    }

    private static void ReadRun(JsonFields run, SarifLocations locations,
        Dictionary<RepoPath, (List<RangeReplacement> Replacements, Origin Origin)> edits, List<string> warnings)
    {
        var regions = SarifRegion.Of(run);
        if (run.Find("results") is null or { Kind: System.Text.Json.JsonTokenType.Null })
        {
            return;
        }

        foreach (var result in run.NeedObjects("results", "the result"))
        {
            if (result.Find("fixes") is null)
            {
                continue;
            }

            var line = result.Item.Position.Line;
            var fixes = result.NeedObjects("fixes", "the fix");
            if (fixes.Count == 0 || IsSettled(result, line, warnings))
            {
                continue;
            }

            if (fixes.Count > 1)
            {
                warnings.Add($"the result at line {line} has {fixes.Count} alternative fixes: the first was taken");
            }

            foreach (var change in fixes[0].NeedObjects("artifactChanges", "the artifact change"))
            {
                var path = locations.Path(change.NeedObject("artifactLocation", "the artifact location"));
                if (!edits.TryGetValue(path, out var edit))
                {
                    var (at, column) = change.Item.Position;
                    edits.Add(path, edit = ([], new Origin(0, at, column)));
                }

                edit.Replacements.AddRange(change.NeedObjects("replacements", "the replacement").Select(regions.Replacement));
            }
        }
    }

    private static bool IsSettled(JsonFields result, int line, List<string> warnings)
    {
        var reason = result.FindText("baselineState") == "absent" ? "is gone"
            : result.Find("suppressions") is { IsArray: true, Items.IsEmpty: false } ? "is suppressed" : null;
        if (reason is not null)
        {
            warnings.Add($"the result at line {line} {reason}: its fix was left out");
        }

        return reason is not null;
    }
}

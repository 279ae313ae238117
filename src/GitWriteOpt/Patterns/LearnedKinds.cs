using System.Text.Json;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt.Patterns;

/// <summary>
/// <c>kinds.jsonl</c>: of each kind of suggestion what a replay found, made anew whenever co-change is calibrated. A kind
/// that is off is not offered unasked; who asks for its answers still gets them.
/// </summary>
internal static class LearnedKinds
{
    private const string Path = "kinds.jsonl";

    /// <summary>What was found; nothing where nothing was replayed yet.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    internal static List<KindFigures> Read(PatternTree tree)
    {
        var kinds = new List<KindFigures>();
        for (var rest = (tree.TryRead(Path) ?? []).AsMemory(); !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = JsonSerializer.Deserialize((end < 0 ? rest : rest[..end]).Span, PatternJson.Default.KindFigures);
            kinds.Add(line is { Kind: not null, State: not null } ? line : throw new JsonException($"{Path} lacks what it should have"));
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return kinds;
    }

    /// <summary>The figures of all kinds.</summary>
    /// <param name="calibration">Of co-change.</param>
    /// <param name="commits">What was learned, oldest first.</param>
    /// <param name="workflows">What was found of workflows.</param>
    /// <param name="read">The text of a blob, or null.</param>
    internal static List<KindFigures> Of(Calibration calibration, IReadOnlyList<LearnedCommit> commits, WorkflowFindings workflows,
        Func<ObjectStore.ObjectId, string?> read)
    {
        var (chances, held) = (workflows.Offered.Sum(w => w.Replayed.Chances), workflows.Offered.Sum(w => w.Replayed.Held));
        return
        [
            new KindFigures(KindFigures.CoChange, calibration.Warns ? KindFigures.On
                : ReferenceEquals(calibration, Calibration.None) ? KindFigures.Untested : KindFigures.Off,
                calibration.Warns ? Math.Round(calibration.Threshold, 3) : null, calibration.Said, calibration.Held),
            .. NewFileReplay.Of(commits, read),
            workflows.Offered.Count > 0 ? new KindFigures(KindFigures.Workflow, KindFigures.On, WorkflowMining.WantedPrecision, chances, held)
                : new KindFigures(KindFigures.Workflow, workflows.Chances > 0 ? KindFigures.Off : KindFigures.Untested, null,
                    workflows.Chances, workflows.Held),
        ];
    }

    /// <summary>The changes that write them.</summary>
    internal static void Write(IEnumerable<KindFigures> kinds, Dictionary<string, byte[]?> changes)
    {
        using var lines = new MemoryStream();
        foreach (var kind in kinds)
        {
            JsonSerializer.Serialize(lines, kind, PatternJson.Readable.KindFigures);
            lines.WriteByte((byte)'\n');
        }

        changes[Path] = lines.ToArray();
    }
}

using System.Text.Json;

namespace GitWriteOpt.Patterns;

/// <summary>
/// What was learned, for people to look at: <c>rules/files.jsonl</c> (files that were changed together) and
/// <c>rules/companions.jsonl</c> (shapes of paths that were). Suggestions are made from the commits, not from these.
/// </summary>
internal static class RuleFiles
{
    private const int FewestKept = 3;
    private const int MostRules = 1000;

    /// <summary>The changes that write them.</summary>
    internal static void Write(ChangeLog log, Dictionary<string, byte[]?> changes)
    {
        changes["rules/files.jsonl"] = Bytes(Files(log));
        changes["rules/companions.jsonl"] = Bytes(log.Shapes
            .Where(s => s.Value.Kept >= FewestKept && s.Value.Kept * 2 >= s.Value.Chances)
            .Select(s => new RuleLine(log.Files.Affix(s.Key.Given), log.Files.Affix(s.Key.Other), s.Value.Kept, s.Value.Chances, null)));
    }

    // At least half of the file's commits, as code-maat has it.
    private static IEnumerable<RuleLine> Files(ChangeLog log)
    {
        var pairs = new Dictionary<int, (int Kept, int Newest)>();
        for (var file = 0; file < log.Files.Count; file++)
        {
            var commits = log.CommitsOf(file);
            if (commits.Count < FewestKept || !log.Files[file].Exists)
            {
                continue;
            }

            pairs.Clear();
            foreach (var commit in commits)
            {
                foreach (var other in log.FilesOf(commit))
                {
                    pairs[other] = (pairs.GetValueOrDefault(other).Kept + 1, commit);
                }
            }

            foreach (var (other, (kept, newest)) in pairs)
            {
                if (other != file && log.Files[other].Exists && kept >= FewestKept && kept * 2 >= commits.Count)
                {
                    yield return new RuleLine(log.Files[file].Path, log.Files[other].Path, kept, commits.Count, log.IdOf(newest));
                }
            }
        }
    }

    private static byte[] Bytes(IEnumerable<RuleLine> rules)
    {
        using var bytes = new MemoryStream();
        foreach (var rule in rules.OrderByDescending(r => r.Kept).ThenBy(r => r.If, StringComparer.Ordinal)
            .ThenBy(r => r.Then, StringComparer.Ordinal).Take(MostRules))
        {
            JsonSerializer.Serialize(bytes, rule, PatternJson.Readable.RuleLine);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}

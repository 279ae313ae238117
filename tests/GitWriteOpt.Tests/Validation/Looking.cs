using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Validation;

/// <summary>Asks single rules about single contents, and the whole of them about a repository.</summary>
internal static class Looking
{
    /// <summary>What a rule sees in a text; none where the file is not its business.</summary>
    public static IReadOnlyList<Sighting> At(string rule, string path, string text) => At(rule, path, Encoding.UTF8.GetBytes(text));

    /// <summary>What a rule sees in bytes.</summary>
    public static IReadOnlyList<Sighting> At(string rule, string path, byte[] bytes)
    {
        var (one, at) = (RuleTable.All.Single(r => r.Name == rule), RepoPath.Parse(path));
        return one is StateRule state ? state.Covers(at) ? [.. state.Look(at, bytes)] : []
            : [.. ((BatchRule)one).Look(Subject(new CheckedFile(at, PathState.Nothing, new PathState.File(Content.Of(bytes), null, false))), new ValidationTally())];
    }

    /// <summary>What rules of contents may look at.</summary>
    private static CheckSubject Subject(CheckedFile file) => new()
    {
        Layout = null!,
        Config = null!,
        Files = [file],
        Read = _ => PathState.Nothing,
        Tracked = () => [],
        Hash = content => ObjectHash.OfBlob(content, ObjectFormat.Sha1),
        Cache = new ResultCache(),
    };

    /// <summary>The findings in what differs from HEAD, a line each: <c>path:line:column severity rule</c>.</summary>
    public static IReadOnlyList<string> Check(Fixtures.TestRepository repository, CheckRequest? request = null) =>
        [.. Run(repository, request).Findings.Select(f => $"{f.Path}:{f.Line}:{f.Column} {f.Severity} {f.Rule}")];

    /// <summary>The outcome of a check.</summary>
    public static ValidationOutcome Run(Fixtures.TestRepository repository, CheckRequest? request = null)
    {
        using var writer = Writer.Open(repository.Root);
        return writer.Check(request ?? new CheckRequest.Changes());
    }
}

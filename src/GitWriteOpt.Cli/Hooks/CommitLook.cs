using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Operations;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// Finds what could be better about what is staged. What needs the learned history is asked on another thread and left out
/// where it takes longer than its limit.
/// </summary>
/// <param name="writer">The repository.</param>
/// <param name="commit">What is staged.</param>
/// <param name="amended">What the commit that is being amended changed already; none where none is.</param>
internal sealed class CommitLook(Writer writer, StagedCommit commit, IReadOnlyList<string> amended)
{
    private const int MostNamed = 6;
    private const int FewestSeparate = 3;
    private const int MostTexts = 100;

    /// <summary>Whether the thread that was asked has answered; else it goes on.</summary>
    internal bool IsSettled { get; private set; }

    /// <summary>The files that such commits always had and this one lacks.</summary>
    internal IReadOnlyList<Suggestion> Companions { get; private set; } = [];

    /// <summary>Looks.</summary>
    /// <param name="loading">What is being read on another thread; asked there first, and nobody else uses it meanwhile.</param>
    /// <param name="limit">The longest wait for it.</param>
    internal List<Opportunity> Find(Task<Learning> loading, TimeSpan limit)
    {
        List<string> changed = [.. commit.Paths.Union(amended)];
        var asked = Task.Run(async () =>
        {
            var learning = await loading;
            return learning.HasLearned ? learning.Suggest(changed) : [];
        });
        var found = new List<Opportunity>();
        var (begun, companions) = (new List<BegunTemplate>(), new List<Suggestion>());
        var separate = writer.SeparateWritesOf(commit);
        IsSettled = asked.Wait(limit);
        if (IsSettled)
        {
            var learning = loading.Result;
            begun.AddRange(learning.Begun(commit.Added, writer.TextAt));
            companions.AddRange(asked.Result.Where(s => s.IsWarning && !begun.Exists(b => b.Missing.Contains(s.Path))));
            Companions = companions;
            found.AddRange(begun.Select(Of));
            found.AddRange(Shapes(learning));
        }

        List<string> left = [.. writer.LeftBehind(commit, companions.Select(c => c.Path))];
        found.AddRange(companions.Select(c => Of(c, left.Contains(c.Path))));
        left.RemoveAll(path => companions.Exists(c => c.Path == path));
        if (left.Count > 0)
        {
            found.Add(new Opportunity($"configuration is changed and not staged: {Named(left)}", left.Count)
            {
                Offer = new Offer.Stage($"stage {Named(left)}", left),
                Command = "git add " + Arguments(left),
            });
        }

        if (separate.Transactions.Count >= FewestSeparate)
        {
            found.Add(new Opportunity($"{separate.Transactions.Count} transactions wrote {StatusReport.Count(separate.Files, "file")} of this commit one after "
                + "the other; one batch is one transaction and one undo", separate.Transactions.Count - 1));
        }

        return found;
    }

    private static Opportunity Of(BegunTemplate begun) => new($"the template \"{begun.Template}\" is begun for {begun.Name}; "
        + $"it also makes {Named(begun.Missing)}", begun.Missing.Count)
    {
        Offer = begun.Rest.Count == 0 ? null : new Offer.Write($"make {Named(begun.Missing)}",
            new Batch($"Finish the template {begun.Template} for {begun.Name}", [.. begun.Rest])),
    };

    private static Opportunity Of(Suggestion companion, bool isChanged) => new(
        $"{Quoting.Path(companion.Path)} is {(isChanged ? "changed and not staged" : "not changed")}: {companion.Reason}", 1)
    {
        Offer = isChanged ? new Offer.Stage($"stage {Quoting.Path(companion.Path)}", [companion.Path]) : null,
        Command = isChanged ? "git add " + Arguments([companion.Path]) : null,
    };

    private IEnumerable<Opportunity> Shapes(Learning learning)
    {
        List<(string Path, string Text)> texts = [.. commit.Added.Take(MostTexts)
            .Select(path => (path, Text: writer.StagedText(commit, path))).Where(a => a.Text is not null).Select(a => (a.path, a.Text!))];
        foreach (var group in learning.OfOneShape(texts))
        {
            yield return new Opportunity($"{group.Count} new files are of one shape: {Named(group)}", group.Count - 1)
            {
                Offer = new Offer.Extract("keep that shape as a template", [.. texts.Where(t => group.Contains(t.Path))]),
                Command = "git writeopt template extract " + Arguments(group),
            };
        }
    }

    private static string Named(IReadOnlyList<string> paths) => string.Join(", ", paths.Take(MostNamed).Select(Quoting.Path))
        + (paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "");

    // For a shell: quoted where it has to be.
    private static string Arguments(IReadOnlyList<string> paths) => string.Join(' ', paths.Take(MostNamed).Select(path =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}

using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt suggest</c>: what is likely missing beside what is changed.</summary>
internal static class SuggestCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var paths = new Argument<string[]>("path") { Description = "Changed files; without any, those of the worktree" };
        var staged = new Option<bool>("--staged") { Description = "Ask about what is staged" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Answer questions from standard input, a line of JSON each" };
        var decline = new Option<string[]>("--decline")
        {
            Description = "Do not suggest <path> again beside these files; or the name of a workflow",
            HelpName = "path",
        };
        var nul = NulList.Option("paths");
        var command = new Command("suggest", "Rank the files that are likely missing beside changed ones")
        {
            paths, staged, ndjson, decline, nul,
        };
        command.SetAction(parsed =>
        {
            var learning = invocation.OpenLearning();
            if (parsed.GetValue(ndjson))
            {
                return SuggestionStream.Run(learning, invocation);
            }

            var changed = Changed(parsed.GetValue(paths) ?? [], parsed.GetValue(staged), learning, invocation);
            if (parsed.GetValue(decline) is { Length: > 0 } declined)
            {
                foreach (var path in Resolve([.. declined.Where(word => !learning.DeclineWorkflow(word))], learning, invocation))
                {
                    learning.Decline(path, changed);
                }
            }

            using var bar = new ProgressBar(invocation);
            learning.Progress = bar.Report;
            var found = new Suggested(learning.Suggest(changed), learning.OfferedFiles(changed, NewTexts.Of(changed, learning)), learning.NextSteps(changed));
            bar.Dispose();
            if (parsed.GetValue(nul) && !invocation.Json)
            {
                return NulList.Print(found.Found.Select(s => s.Path), invocation);
            }

            return SuggestReport.Print(learning, changed, found, invocation);
        });
        return command;
    }

    private static IReadOnlyList<string> Changed(string[] paths, bool staged, Learning learning, Invocation invocation)
    {
        if (paths.Length > 0)
        {
            return staged
                ? throw UsageErrors.Of("conflicting-options", "paths and --staged both say what is changed; give one of them")
                : Resolve(paths, learning, invocation);
        }

        return learning.Layout.IsBare
            ? throw UsageErrors.Of("bare-repository", "a bare repository has no changed files; name some, or use --ndjson")
            : learning.Changed(staged);
    }

    private static IReadOnlyList<string> Resolve(string[] paths, Learning learning, Invocation invocation) =>
        learning.Layout.IsBare
            ? [.. paths.Select(path => RepoPath.Parse(path).Value)]
            : [.. Pathspecs.Resolve(paths, invocation.Directory, learning.Layout.WorktreeRoot).Select(path => path.Value)];
}

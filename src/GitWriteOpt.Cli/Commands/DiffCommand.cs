using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// <c>git writeopt diff</c>: what one transaction changed, or how the after states of two differ. A transaction knows
/// the paths that it touched and no others, so two are compared where both know a path; the rest is named.
/// </summary>
internal static class DiffCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var first = SharedArguments.Id(required: false);
        var second = SharedArguments.Id(required: false, "other-id");
        var command = new Command("diff", "Show a transaction's diff, or that between two of them [-- <path>...]")
        {
            first, second,
        };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var paths = invocation.Paths(writer).Select(p => p.Value).ToList();
            var one = writer.Find(parsed.GetValue(first) ?? "@");
            if (parsed.GetValue(second) is not { } other)
            {
                // Read by us first: git would follow a tree that holds itself manifold without end.
                writer.Files(one);
                return Print(invocation, writer, one.Backup, one.Commit, paths);
            }

            var two = writer.Find(other);
            var (left, right) = (Touched(writer, one), Touched(writer, two));
            var shared = left.Intersect(right).Where(p => IsSelected(p, paths)).Order(StringComparer.Ordinal).ToList();
            var alone = left.Union(right).Count(p => IsSelected(p, paths)) - shared.Count;
            if (alone > 0 && !invocation.Quiet)
            {
                Diagnostics.Note($"{alone} path(s) were touched by one of the two only and are not compared");
            }

            return shared.Count == 0
                ? Print(invocation, writer, one.Commit, one.Commit, [])
                : Print(invocation, writer, one.Commit, two.Commit, shared);
        });
        return command;
    }

    private static int Print(Invocation invocation, Writer writer, string before, string after, List<string> paths)
    {
        if (invocation.Json)
        {
            var text = new GitDiff(writer.Layout, invocation.Screen).Text(before, after, paths);
            JsonReport.Print(invocation, new DiffAnswer(before, after, text), AnswerJson.Default.DiffAnswer);
            return ExitCode.Done;
        }

        invocation.Screen.Page(invocation.Directory);
        new GitDiff(writer.Layout, invocation.Screen).Print(before, after, paths);
        return ExitCode.Done;
    }

    private static HashSet<string> Touched(Writer writer, TransactionSummary transaction) =>
        [.. writer.Files(transaction).SelectMany(f => f.From is null ? [f.Path] : (string[])[f.Path, f.From])];

    private static bool IsSelected(string path, List<string> paths) => paths.Count == 0
        || paths.Exists(p => path == p || path.StartsWith(p + "/", StringComparison.Ordinal));
}

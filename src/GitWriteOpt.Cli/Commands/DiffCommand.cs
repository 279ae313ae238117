using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// <c>git writeopt diff</c>: what a transaction, a session or one step of it changed, or how the states after two of them
/// differ. A transaction knows the paths that it touched and no others, so with one two states are compared where both know
/// a path; the rest is named.
/// </summary>
internal static class DiffCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var first = SharedArguments.Landmark(required: false);
        var second = SharedArguments.Landmark(required: false, "other-id");
        var command = new Command("diff",
            "Show what a transaction, session, checkpoint or snapshot changed, or the diff between two of them [-- <path>...]")
        {
            first, second,
        };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var paths = invocation.Paths(writer).Select(p => p.Value).ToList();
            var one = writer.Locate(parsed.GetValue(first) ?? "@");
            if (parsed.GetValue(second) is not { } other)
            {
                if (one is Landmark.Transaction transaction)
                {
                    // Read by us first: git would follow a tree that holds itself manifold without end.
                    writer.Files(transaction.Summary);
                }

                return Print(invocation, writer, one.Before, one.After, paths);
            }

            var two = writer.Locate(other);
            if (one is not Landmark.Transaction && two is not Landmark.Transaction)
            {
                return Print(invocation, writer, one.After, two.After, paths);
            }

            var (left, right) = (Touched(writer, one) ?? Touched(writer, two)!, Touched(writer, two) ?? Touched(writer, one)!);
            var shared = left.Intersect(right).Where(p => IsSelected(p, paths)).Order(StringComparer.Ordinal).ToList();
            var alone = left.Union(right).Count(p => IsSelected(p, paths)) - shared.Count;
            if (alone > 0 && !invocation.Quiet)
            {
                Diagnostics.Note($"{alone} path(s) were touched by one of the two only and are not compared");
            }

            return shared.Count == 0
                ? Print(invocation, writer, one.After, one.After, [])
                : Print(invocation, writer, one.After, two.After, shared);
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

    // Null of what knows all paths.
    private static HashSet<string>? Touched(Writer writer, Landmark one) =>
        one is Landmark.Transaction transaction ? [.. writer.PathsOf(transaction)] : null;

    private static bool IsSelected(string path, List<string> paths) => paths.Count == 0
        || paths.Exists(p => path == p || path.StartsWith(p + "/", StringComparison.Ordinal));
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// What the hooks after a merge, a rebase or a checkout do: tell whose work of ours the new files went over, learn from the
/// commits that came in, and let upkeep begin. Nothing here changes a file.
/// </summary>
internal sealed class HistoryHook(Writer writer)
{
    private const int MostTold = 5;
    private const int MostNamed = 4;
    private const string Original = "ORIG_HEAD";

    /// <summary>The longest wait for learning; beyond it a process of its own does it.</summary>
    internal required TimeSpan Limit { get; init; }

    /// <summary>Starts one of our commands in the background.</summary>
    internal Action<IReadOnlyList<string>> Background { get; init; } = _ => { };

    /// <summary>Acts as the hook of this name with git's arguments.</summary>
    internal void Run(string name, IReadOnlyList<string> arguments)
    {
        switch (name, arguments)
        {
            case (HookShim.PostMerge, _):
                PendingWarning.Print(writer, withCount: true);
                Touched(writer.ChangedBetween(Original, "HEAD"), "merged");
                Learn();
                if (writer.TakeUpkeepDue())
                {
                    Background(["gc", "--auto", "--quiet"]);
                }

                break;
            case (HookShim.PostCheckout, [var older, var newer, "1", ..]) when older != newer:
                PendingWarning.Print(writer, withCount: false);
                Touched(writer.ChangedBetween(older, newer), "checked out");
                break;
            case (HookShim.PostRewrite, ["rebase", ..]):
                Touched(writer.ChangedBetween(Original, "HEAD"), "rebased onto");
                Learn();
                break;
        }
    }

    private void Touched(IReadOnlyList<string> paths, string how)
    {
        var touched = writer.TouchedBy(paths);
        foreach (var one in touched.Take(MostTold))
        {
            var what = one.IsSession ? $"the open session {one.Id}{(one.Title.Length == 0 ? "" : $" of {one.Title}")}"
                : $"the transaction {one.Id}{StatusReport.Subject(one.Title)}";
            Diagnostics.Note($"git writeopt: what was {how} touches {StatusReport.Count(one.Paths.Count, "file")} of {what}: {Named(one.Paths)}"
                + (one.Objection is null ? "" : $"; it cannot be undone as it is now: {one.Objection}"));
        }

        if (touched.Count > MostTold)
        {
            Diagnostics.Note($"git writeopt: and files of {touched.Count - MostTold} more; see: git writeopt log");
        }
    }

    // The first time, and where it takes too long, in the background: it answers to nobody, and one at a time gets through.
    // What a thread still uses is not taken away from it: the process ends with the hook.
    [SuppressMessage("Reliability", "CA2000", Justification = "disposed of where nobody uses it any more")]
    private void Learn()
    {
        if (!writer.LearnsInBackground)
        {
            return;
        }

        var learning = writer.OpenLearning();
        var root = writer.Layout.WorktreeRoot;
        var learned = learning.HasLearned ? Task.Run(() => learning.LearnAndCompare(path => Text(Path.Combine(root, path)))) : null;
        if (learned is null || !learned.Wait(Limit))
        {
            Background(["learn", "--quiet"]);
            return;
        }

        learning.Dispose();

        foreach (var group in learned.Result.GroupBy(d => d.Template))
        {
            List<string> paths = [.. group.Select(d => d.Path)];
            Diagnostics.Note(string.Create(CultureInfo.InvariantCulture, $"git writeopt: the template \"{group.Key}\" now makes {paths.Count} "
                + $"{(paths.Count == 1 ? "file" : "files")} differently: {Named(paths)}; see: git writeopt template show {group.Key}"));
        }
    }

    private static string? Text(string path)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path) is { LinkTarget: null, Length: < 1 << 20 } ? File.ReadAllText(path) : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null; // it is compared another time
        }
    }

    private static string Named(IReadOnlyList<string> paths) => string.Join(", ", paths.Take(MostNamed).Select(Quoting.Path))
        + (paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "");
}

using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Sharing;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answers to share.</summary>
internal static class ShareReport
{
    /// <summary>Prints what was shared.</summary>
    public static void Pushed(SharePushOutcome outcome, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new SharePushAnswer(outcome.Remote, outcome.User, outcome.Refs, outcome.Withheld, outcome.Forced),
                AnswerJson.Default.SharePushAnswer);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line($"Shared {StatusReport.Count(outcome.Refs.Count, "ref")} with {outcome.Remote} as {outcome.User}");
            outcome.Refs.ToList().ForEach(name => invocation.Screen.Line("  " + name));
        }

        invocation.Finish();
        if (outcome.Withheld.Count > 0 && !invocation.Quiet)
        {
            Diagnostics.Note($"private files are never shared: {string.Join(", ", outcome.Withheld.Select(p => Quoting.Path(p)))}");
        }

        Diagnostics.Warnings(outcome.Forced.Select(line => "shared all the same: " + line), invocation);
    }

    /// <summary>Prints what was fetched.</summary>
    public static void Fetched(ShareFetchOutcome outcome, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new ShareFetchAnswer(outcome.Remote, outcome.Refs, outcome.Known), AnswerJson.Default.ShareFetchAnswer);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line($"{StatusReport.Count(outcome.Refs.Count, "ref")} new or changed, {outcome.Known} known already");
            outcome.Refs.ToList().ForEach(name => invocation.Screen.Line("  " + name));
        }
    }

    /// <summary>Lists what is shared.</summary>
    public static void List(IReadOnlyList<SharedItem> items, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. items.Select(SharedItemAnswer.Of)], AnswerJson.Default.SharedItemsAnswer);
            return;
        }

        if (items.Count == 0 && invocation.Screen.IsTerminal)
        {
            invocation.Screen.Line("Nothing is shared");
        }

        foreach (var item in items)
        {
            invocation.Screen.Line($"{item.User}  {item.Session ?? "-"}  {item.Kind,-11}  ", new Piece(item.Ref, Tone.Id), $"  {item.Message}");
        }
    }
}

using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Recovering;

/// <summary>The commands that decide what becomes of a session.</summary>
internal static class RecoverChoices
{
    /// <summary>Each with its purpose in a word.</summary>
    public static IReadOnlyList<(string Choice, string Command)> Of(SessionAccount account)
    {
        var recover = $"git writeopt recover --session {account.Session.Id}";
        return
        [
            ("start", recover + " --to start"),
            .. account.Steps.Count > 2 ? [("checkpoint", $"{recover} --to {account.Steps[^2].Checkpoint}")] : ((string, string)[])[],
            .. account.Files.Count > 0 ? [("paths", recover + " --to start -- <path>...")] : ((string, string)[])[],
            ("keep", recover + " --keep"),
            ("diff", $"git writeopt diff {account.Session.Id}"),
        ];
    }
}

using System.CommandLine;
using GitWriteOpt.Batches;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt apply</c>: batches become one transaction.</summary>
internal static class ApplyCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var batches = new Argument<string[]>("batch")
        {
            Description = "Files that hold batches, - for standard input; several become one transaction",
        };
        var format = SharedArguments.OneOf("--format", BatchFormat.Auto, "The batches' format");
        var since = SharedArguments.Since();
        var dryRun = SharedArguments.DryRun();
        var stage = new Option<bool>("--stage") { Description = "Update the index entries of the written paths too" };
        var message = new Option<string?>("--message", "-m")
        {
            Description = "Replaces the batch's own message",
            HelpName = "text",
        };
        var session = new Option<string?>("--session")
        {
            Description = "The session that it belongs to (else WRITEOPT_SESSION)",
            HelpName = "id",
        };
        var step = SharedArguments.Step();
        var partial = new Option<bool>("--partial")
        {
            Description = "Apply the independent groups that can be applied, leave the others",
        };
        var force = new Option<bool>("--force")
        {
            Description = "Ignore expectations and drift; what is overwritten is saved first",
        };
        var threeWay = new Option<bool>("--3way") { Description = "Merge what no longer matches" };
        var merge = SharedArguments.OneOf("--merge", MergeFavor.Refuse,
            "How conflicts of --3way are decided: keep what is there (ours), take the batch's (theirs), keep both (union)",
            MergeFavor.Refuse);
        merge.DefaultValueFactory = null;
        var noValidate = new Option<bool>("--no-validate") { Description = "Skip the checks of contents, which git writeopt check --rules lists" };
        var fixLinks = SharedArguments.FixLinks();
        var verify = new Option<string?>("--verify")
        {
            Description = "Run a command on what the batch would leave, in a sandbox; write only if it passes",
            HelpName = "command",
        };
        var eachGroup = new Option<bool>("--verify-each-group")
        {
            Description = "Run the command of --verify for each group in turn, and name the first that breaks",
        };
        var verifyAfter = new Option<string?>("--verify-after")
        {
            Description = "Run a command in the worktree afterwards; roll the batch back if it fails",
            HelpName = "command",
        };
        var resume = new Option<string?>("--resume") { Description = "Apply a batch that was kept", HelpName = "id" };
        var durability = SharedArguments.DurabilityLevel();
        var command = new Command("apply", "Apply batches of writes as one transaction, all or nothing")
        {
            batches, format, since, dryRun, stage, message, session, step, partial, force, threeWay, merge, noValidate, fixLinks, verify,
            eachGroup, verifyAfter, resume, durability,
        };
        command.SetAction(parsed =>
        {
            using var progress = new ProgressBar(invocation);
            var names = parsed.GetValue(batches) ?? [];
            var chosen = parsed.GetValue(session) ?? SessionOfEnvironment.Current();
            var options = new ApplyOptions
            {
                DryRun = parsed.GetValue(dryRun),
                Stage = parsed.GetValue(stage),
                Message = parsed.GetValue(message),
                Session = chosen,
                SessionOwner = chosen is null ? null : SessionOwner.OfHook(),
                Step = parsed.GetValue(step),
                Partial = parsed.GetValue(partial),
                Force = parsed.GetValue(force),
                ThreeWay = parsed.GetValue(threeWay),
                Favor = Favor(parsed.GetValue(merge), parsed.GetValue(threeWay)),
                NoValidate = parsed.GetValue(noValidate),
                FixLinks = parsed.GetValue(fixLinks),
                Verify = parsed.GetValue(verify),
                VerifyEachGroup = parsed.GetValue(eachGroup),
                VerifyAfter = parsed.GetValue(verifyAfter),
                KeepRefused = names.Length == 0 || names.Contains("-"), // a batch in a file is still there
                Durability = Spelling.Parse<Durability>(parsed.GetValue(durability)!),
                Progress = progress.Report,
            };
            var writer = invocation.Open();
            var outcome = parsed.GetValue(resume) is { } kept
                ? writer.Resume(kept, names.Length == 0 ? options : throw UsageErrors.Of("batch-and-resume",
                    "--resume applies a batch that was kept and takes no other"))
                : writer.Apply(BatchInput.Read(names, Spelling.Parse<BatchFormat>(parsed.GetValue(format)!),
                    parsed.GetValue(since), invocation, writer), options);
            progress.Dispose();
            return OutcomeReport.Print(outcome, invocation, "Applied", "apply");
        });
        return command;
    }

    private static MergeFavor Favor(string? merge, bool threeWay) => merge switch
    {
        null => MergeFavor.Refuse,
        _ when threeWay => Spelling.Parse<MergeFavor>(merge),
        _ => throw UsageErrors.Of("merge-without-3way", "--merge decides conflicts of --3way, which was not given",
            $"git writeopt apply --3way --merge {merge}"),
    };
}

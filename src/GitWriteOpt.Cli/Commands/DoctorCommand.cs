using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Diagnosis;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt doctor</c>: examines what is ours and what it stands on, and mends what it safely can.</summary>
internal static class DoctorCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var dryRun = SharedArguments.DryRun();
        var full = new Option<bool>("--full") { Description = "Also read every byte of our packs and all folded transactions" };
        var command = new Command("doctor", "Examine what was recorded, and mend what can safely be mended") { dryRun, full };
        command.SetAction(parsed => DoctorReport.Print(invocation.Open()
            .Examine(new DoctorRequest(parsed.GetValue(dryRun), parsed.GetValue(full))), invocation, parsed.GetValue(dryRun)));
        return command;
    }
}

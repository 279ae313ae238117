using System.CommandLine;
using GitWriteOpt.Cli.Demonstration;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt demo</c>: the main job on real input in a scratch repository, each step shown and checked.</summary>
internal static class DemoCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var keep = new Option<bool>("--keep") { Description = "Keep the scratch repository" };
        var command = new Command("demo", "Show and check it all in a scratch repository") { keep };
        command.SetAction(parsed =>
        {
            using var scratch = new ScratchRepository(parsed.GetValue(keep));
            var demo = new Demo(scratch, invocation.Json || invocation.Quiet ? null : invocation.Screen);
            var held = demo.Run();
            if (invocation.Json)
            {
                JsonReport.Print(invocation, new DemoAnswer(held ? "applied" : "refused", scratch.Root, scratch.Keep,
                    demo.Steps), AnswerJson.Default.DemoAnswer);
            }

            return held ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }
}

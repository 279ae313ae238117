using System.CommandLine;
using GitWriteOpt.Batches;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt schema</c>: the JSON Schema of the native batch.</summary>
internal static class SchemaCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("schema", "Print the JSON Schema of the native batch");
        command.SetAction(_ =>
        {
            invocation.Screen.Text(BatchSchema.Text);
            return Reporting.ExitCode.Done;
        });
        return command;
    }
}

using GitWriteOpt;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Mcp;
using GitWriteOpt.Metrics;

// git-writeopt-mcp <repository>...: what "git writeopt mcp" becomes. The repositories are opened once before the first
// message, so that a mistake in the configuration of a client is told at its start.
EventTrace.Begin(Environment.GetEnvironmentVariable(EventTrace.Variable), ["mcp", .. args], Diagnostics.Note);
try
{
    var roots = new List<string>();
    foreach (var name in args is [] ? ["."] : args)
    {
        using var writer = Writer.Open(Path.GetFullPath(name));
        roots.Add(writer.Layout.WorktreeRoot);
    }

    await ProtocolServer.Run(new ServerSession([.. roots.Distinct()])).ConfigureAwait(false);
    return ExitCode.Done;
}
catch (WriteException cause)
{
    Diagnostics.Errors([cause.Error]);
    return ExitCode.Usage;
}

using System.Net.Sockets;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The one place where exceptions become text, JSON and exit codes.</summary>
internal static class Failure
{
    private const int BrokenPipeError = 32;

    /// <summary>Reports what was thrown.</summary>
    public static int Report(Exception cause, Invocation invocation)
    {
        if (IsBrokenPipe(cause))
        {
            return ExitCode.BrokenPipe;
        }

        var errors = Errors(cause);
        EventTrace.Current?.Error(Spelling.Of(errors[0].Category), errors[0].Code, errors[0].Path);
        if (invocation.Json)
        {
            JsonReport.Print(invocation, OutcomeAnswer.Refused(errors), AnswerJson.Default.OutcomeAnswer);
            invocation.Finish();
        }
        else
        {
            Diagnostics.Errors(errors);
        }

        if (invocation.Verbose && cause is not WriteException { InnerException: null })
        {
            Diagnostics.Details(cause);
        }

        return cause is UsageException ? ExitCode.Usage : ExitCode.Refused;
    }

    /// <summary>
    /// Whether the reader of our output went away. A pager's pipe is a socket to .NET, and the only one that we have; what
    /// its end is called depends on what the pager had left unread.
    /// </summary>
    internal static bool IsBrokenPipe(Exception cause) => cause is IOException { HResult: BrokenPipeError }
        or IOException { InnerException: SocketException };

    private static IReadOnlyList<WriteError> Errors(Exception cause) => cause switch
    {
        RefusedException refused => refused.All,
        WriteException known => [known.Error],
        IOException or UnauthorizedAccessException => [Errno.Error(cause)],
        _ => [new WriteError(ErrorCategory.System, "defect", $"{cause.GetType().Name}: {cause.Message}")
        {
            Suggestion = "this is a defect of git writeopt: run it again with -v and report what it prints",
        }],
    };
}

using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace GitWriteOpt.Platform;

/// <summary>
/// Tries again what failed for a reason that passes by itself: another program, a cloud-sync client among them, has the
/// file open (EBUSY, EAGAIN, ETXTBSY, a sharing violation), a network file system lost track of it (ESTALE), a signal
/// came between (EINTR). A full disk does not pass. For steps alone that leave nothing behind where they fail: reading,
/// and staging into a slot that is emptied first; never for a step of the swap.
/// </summary>
internal static class Transient
{
    // Five tries after the first, at most 0.35 s apart: under two seconds together, jitter included.
    private const int MostRetries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(350);

    /// <summary>Does something, again and again while it fails for such a reason; at last its failure is thrown.</summary>
    /// <param name="act">What to do; whole or not at all.</param>
    /// <param name="log">Where each retry is told.</param>
    /// <param name="again">Done before each retry: takes away what a failed try left.</param>
    public static T Try<T>(Func<T> act, ILogger log, Action? again = null)
    {
        try
        {
            return act(); // nothing of Polly's is loaded where nothing fails
        }
        catch (Exception cause) when (Passes(cause))
        {
            return TryAgain(act, log, again, cause);
        }
    }

    /// <summary>Whether a failure is of the kind that passes.</summary>
    public static bool Passes(Exception cause) => cause switch
    {
        WriteException { Error.Code: "busy" or "stale-handle" or "interrupted" } => true,
        WriteException => false,
        IOException or UnauthorizedAccessException => Faults.Of(Errno.Of(cause)) is Fault.Busy or Fault.Stale or Fault.Interrupted,
        _ => false,
    };

    private static T TryAgain<T>(Func<T> act, ILogger log, Action? again, Exception first)
    {
        log.LogDebug("{Cause}: tried again, up to {Times} times", first.Message, MostRetries);
        Tell(first);
        Thread.Sleep(FirstPause);
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } cause && Passes(cause)),
            MaxRetryAttempts = MostRetries - 1,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                log.LogDebug("{Cause}: tried again after {Pause:0} ms", arguments.Outcome.Exception?.Message,
                    arguments.RetryDelay.TotalMilliseconds);
                Tell(arguments.Outcome.Exception);
                return ValueTask.CompletedTask;
            },
        }).Build();
        return pipeline.Execute(() =>
        {
            again?.Invoke();
            return act();
        });
    }

    private static void Tell(Exception? cause)
    {
        var error = (cause as WriteException)?.Error;
        EventTrace.Current?.Data("retry", error?.Path ?? "", error?.Code ?? cause?.GetType().Name ?? "");
    }
}

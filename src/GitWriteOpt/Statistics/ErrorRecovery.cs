using GitWriteOpt.Metrics;

namespace GitWriteOpt.Statistics;

/// <summary>
/// Follows the recorded commands, oldest first: which errors were got over. A refusal is where a batch was applied within an
/// hour, what was taken back or recovered is at once, what needs a person is not.
/// </summary>
internal sealed class ErrorRecovery(Action<DateTimeOffset, bool> tell)
{
    private const int MostOpen = 1000;
    private static readonly TimeSpan SoonEnough = TimeSpan.FromHours(1);

    private readonly Queue<DateTimeOffset> _refused = new();

    /// <summary>The next command.</summary>
    internal void Follow(CommandRecord one, DateTimeOffset time)
    {
        while (_refused.TryPeek(out var oldest) && (time - oldest > SoonEnough || _refused.Count > MostOpen))
        {
            tell(_refused.Dequeue(), false);
        }

        switch (one.State)
        {
            case "refused" when one.Command is "apply" or "resume":
                _refused.Enqueue(time);
                break;
            case "applied" or "partial" when one.Command is "apply" or "resume":
                while (_refused.TryDequeue(out var refused))
                {
                    tell(refused, true);
                }

                break;
            case "rolled-back" or "recovered":
                tell(time, true);
                break;
            case "attention":
                tell(time, false);
                break;
            default:
                break;
        }
    }

    /// <summary>What is still open when the records end, and can be got over yet, counts as an error all the same.</summary>
    internal void End()
    {
        while (_refused.TryDequeue(out var refused))
        {
            tell(refused, false);
        }
    }
}

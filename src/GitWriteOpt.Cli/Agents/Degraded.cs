using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// What a hook does besides its checkpoints: whatever keeps it from that (a setting that cannot be read, for one) is said
/// once a session and keeps nobody from going back, since the checkpoint is what counts.
/// </summary>
internal static class Degraded
{
    /// <summary>Does it, or answers otherwise.</summary>
    /// <param name="memory">Of the session.</param>
    /// <param name="what">What is left out then: the beginning of a sentence.</param>
    /// <param name="act">What is to be done.</param>
    /// <param name="otherwise">The answer where it cannot be.</param>
    internal static T Try<T>(AgentMemory memory, string what, Func<T> act, T otherwise)
    {
        try
        {
            return act();
        }
        catch (WriteException cause)
        {
            if (memory.IsNews(what))
            {
                Diagnostics.Note($"git writeopt: {what}: {cause.Message}");
            }

            return otherwise;
        }
    }
}

using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Transactions;

/// <summary>
/// What has to be removed again if a transaction fails before it has begun, newest first. A removal that fails itself
/// does not hide the first error: what it leaves is a temp that the next recovery sweeps.
/// </summary>
internal sealed class Unwinding : IDisposable
{
    private readonly Stack<Action> _removals = new();

    /// <summary>Remembers a removal.</summary>
    internal void OnFailure(Action removal) => _removals.Push(removal);

    /// <summary>It has begun: nothing is removed any more.</summary>
    internal void Dismiss() => _removals.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_removals.TryPop(out var removal))
        {
            try
            {
                removal();
            }
            catch (Exception cause) when (cause is WriteException || Errno.IsOfFileApi(cause))
            {
                // The first error is the one to tell; recovery sweeps what is left.
            }
        }
    }
}

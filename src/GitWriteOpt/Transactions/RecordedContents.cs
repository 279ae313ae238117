using System.Text;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Brings recorded states back from the object store.</summary>
internal sealed class RecordedContents(TransactionContext context)
{
    /// <summary>The state that was recorded; null is absent.</summary>
    /// <exception cref="Errors.StoreException">An object is missing or damaged.</exception>
    internal PathState State(RecordedState? recorded)
    {
        if (recorded is not { } state)
        {
            return PathState.Nothing;
        }

        var content = context.Blob(state.Blob);
        return state.IsLink
            ? new PathState.Link(Encoding.UTF8.GetString(content.ToMemory().Span)) { Id = state.Blob }
            : new PathState.File(content, state.Permissions, state.IsExecutable) { Id = state.Blob };
    }
}

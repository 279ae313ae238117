using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Brings recorded states back from the object store.</summary>
internal sealed class RecordedContents(TransactionContext context)
{
    private const int LongestTarget = 4095;

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
            ? new PathState.Link(Target(state.Blob, content)) { Id = state.Blob }
            : new PathState.File(content, state.Permissions, state.IsExecutable) { Id = state.Blob };
    }

    // A ref can come from anywhere: no system has a link like that.
    private static string Target(ObjectId blob, Content content) =>
        content.Length is > 0 and <= LongestTarget && content.ToMemory().Span is var bytes && !bytes.Contains((byte)0)
            && System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw DamagedObject.Error(blob, "it is not the target of a link");
}

using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Refs of a backend that git alone may write (reftable): one <c>git update-ref --stdin</c> when it is committed, with
/// git's own prepare and commit. No lock is held before that, so a conflict shows at <see cref="Commit"/>.
/// </summary>
internal sealed class PreparedGitRefs(RepositoryLayout layout, IReadOnlyList<RefUpdate> updates) : PreparedRefs
{
    private bool _durable;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FilesToSync => [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DirectoriesToSync => [];

    /// <summary>Has git sync the refs when it writes them.</summary>
    public override void SyncFiles() => _durable = true;

    /// <inheritdoc/>
    public override void Commit()
    {
        var commands = new StringBuilder("start\n");
        foreach (var update in updates)
        {
            commands.Append(update switch
            {
                RefUpdate.Create create => $"create {create.Name} {create.Id}\n",
                RefUpdate.Update move => $"update {move.Name} {move.Id} {move.Old}\n",
                RefUpdate.Delete { Old: { } old } delete => $"delete {delete.Name} {old}\n",
                _ => $"delete {update.Name}\n",
            });
        }

        commands.Append("prepare\ncommit\n");
        string[] durability = _durable ? ["-c", "core.fsync=committed,reference"] : [];
        var answer = new GitProcess(layout) { Filters = [] }
            .Try(["-c", "core.logAllRefUpdates=false", .. durability, "update-ref", "--no-deref", "--stdin"], Encoding.UTF8.GetBytes(commands.ToString()));
        if (answer.ExitCode != 0)
        {
            throw RefErrors.OfGit(answer.ErrorText.Trim());
        }
    }

    /// <inheritdoc/>
    public override void SyncDirectories()
    {
        // git has done so.
    }

    /// <inheritdoc/>
    protected override void SyncPacked()
    {
        // git has done so.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Nothing is held before the commit.
    }
}

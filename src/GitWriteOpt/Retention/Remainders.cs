using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// What remains to be done after forget: where the user's own files, index, commits and remotes still hold the secret. The
/// search goes through git and is bounded in time; where it was not ended, that is said.
/// </summary>
internal sealed class Remainders(TransactionContext context)
{
    private const int MostNamed = 10;
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(60);

    /// <summary>Looks.</summary>
    /// <param name="secret">What was forgotten.</param>
    /// <param name="paths">Where it was.</param>
    /// <param name="state">How forgetting ended.</param>
    internal IReadOnlyList<RemainingStep> Of(Secret secret, IReadOnlyCollection<string> paths, ForgetState state)
    {
        if (state == ForgetState.Unchanged && secret.Blobs.Count == 0)
        {
            return [];
        }

        var found = new List<RemainingStep>();
        var there = paths.Where(p => Path.Exists(context.Layout.WorktreeRoot + "/" + p)).Order(StringComparer.Ordinal).ToList();
        if (there.Count > 0)
        {
            found.Add(new RemainingStep("worktree", "the files themselves are still in the worktree: "
                + string.Join(", ", there.Take(MostNamed)) + (there.Count > MostNamed ? $" and {there.Count - MostNamed} more" : "")));
        }

        Search(found, secret, "index", "the index of a worktree holds it", "git rm --cached <path>, or stage a clean version",
            "--indexed-objects");
        Search(found, secret, "refs", "your own commits, tags or stashes hold it",
            $"git log --oneline --exclude='{RefNames.Root}*' --all --find-object={secret.Blobs.Select(b => b.ToString()).FirstOrDefault()}",
            $"--exclude={RefNames.Root}*", "--all");
        Search(found, secret, "reflog", "your reflogs hold it", "git reflog expire --expire=now --all", "--reflog");
        if (context.Refs.List(RefNames.Shared).Concat(One(RefNames.Patterns))
            .Where(r => new HeldObjects(context.Objects).New(r.Id).Any(secret.Blobs.Contains)).Select(r => r.Name).ToList()
            is { Count: > 0 } shared)
        {
            found.Add(new RemainingStep("shared", $"shared or learned refs hold it: {string.Join(", ", shared)}",
                $"git update-ref -d {shared[0]}"));
        }

        found.AddRange(MirrorRemotes.Of(context.Config).Select(m => new RemainingStep("remote",
            $"the remote {m.Remote} may have copies of our refs ({m.Why})", m.Remedy)));
        found.Add(new RemainingStep("prune", "the objects stay in the repository until git removes what nothing reaches",
            "git gc --prune=now"));
        found.Add(new RemainingStep("rotate", "a secret that was stored may have been read: make it worthless by changing it"));
        return found;
    }

    private IEnumerable<RefEntry> One(string name) => context.Refs.Read(name) is { } id ? [new RefEntry(name, id)] : [];

    private void Search(List<RemainingStep> found, Secret secret, string code, string message, string command, params string[] from)
    {
        var deadline = context.Time.GetTimestamp();
        var isFound = false;
        using var sink = new LineSink(line =>
        {
            isFound |= ObjectId.TryParse(line, out var id) && secret.Blobs.Contains(id);
            if (isFound || context.Time.GetElapsedTime(deadline) > LongestSearch)
            {
                throw new EnoughException(); // git ends with its pipe
            }
        });
        try
        {
            new GitProcess(context.Layout) { Filters = [] }.Copy(["rev-list", "--objects", "--no-object-names", .. from], sink);
        }
        catch (EnoughException) when (isFound)
        {
            found.Add(new RemainingStep(code, message, command));
        }
        catch (EnoughException)
        {
            found.Add(new RemainingStep("search", $"not all was searched in {LongestSearch.TotalSeconds:0} s; it may be that {message}", command));
        }
        catch (StoreException cause)
        {
            found.Add(new RemainingStep("search", $"git could not search everything ({cause.Message}); it may be that {message}", command));
        }
    }

    /// <summary>The search has an answer, or took too long.</summary>
    private sealed class EnoughException : IOException;
}

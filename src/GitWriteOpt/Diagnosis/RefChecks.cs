using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>
/// Whether each ref of ours leads to what it should: a commit of ours, its parent, its trees, its blobs. A ref whose very
/// commit is missing holds nothing and stops git's gc: it is noted and deleted. Whatever still holds something stays.
/// </summary>
internal sealed class RefChecks(TransactionContext context, bool mayRepair)
{
    private readonly TransactionReader _reader = new(context.Objects);
    private readonly List<Finding> _findings = [];

    /// <summary>Looks.</summary>
    /// <param name="full">Also at what the folded ones hold.</param>
    internal IReadOnlyList<Finding> Run(bool full)
    {
        var damaged = new List<string>();
        foreach (var (name, commit) in context.Refs.List(RefNames.Root, damaged))
        {
            if (!context.Objects.Exists(commit))
            {
                Missing(name, commit);
            }
            else if (name == RefNames.Folded)
            {
                Folds(commit, full);
            }
            else if (name.StartsWith(RefNames.Transactions, StringComparison.Ordinal)
                || name.StartsWith(RefNames.Kept, StringComparison.Ordinal))
            {
                Changes(name, name[(name.LastIndexOf('/') + 1)..], commit);
            }
            else if (!name.StartsWith(RefNames.Pending, StringComparison.Ordinal))
            {
                Trees(name, commit);
            }
        }

        damaged.ForEach(Damaged);
        return _findings;
    }

    private void Missing(string name, ObjectId commit) => LetGo(name, commit, $"{commit} (the commit is missing)",
        "missing-object", $"{name} points at {commit}, which is not in the repository");

    private void Damaged(string name) => LetGo(name, null, "(its file held no id)",
        "damaged-ref", $"{name} holds no object id (a power cut leaves such a file)");

    // A journal's ref is recovery's business alone.
    private void LetGo(string name, ObjectId? commit, string logged, string code, string message)
    {
        var mayGo = !name.StartsWith(RefNames.Pending, StringComparison.Ordinal);
        if (mayGo && mayRepair)
        {
            DoctorLog.Append(context, $"deleted {name} {logged}");
            context.Refs.Apply(durable: true, new RefUpdate.Delete(name, commit));
        }

        _findings.Add(new Finding(FindingSeverity.Error, code, message)
        {
            Path = name,
            Repaired = mayGo,
            Suggestion = mayGo ? null : "git writeopt recover",
        });
    }

    private void Changes(string name, string id, ObjectId commit)
    {
        try
        {
            if (!TransactionId.TryParse(id, out var parsed))
            {
                Add(FindingSeverity.Warning, "bad-name", name, $"{name} is no id of ours; the log passes over it", $"git update-ref -d {name}");
                return;
            }

            var recorded = _reader.Read(parsed, commit);
            if (_reader.Commit(commit).Trailer(TransactionTrailers.Id) is var said && said != id)
            {
                Add(FindingSeverity.Warning, "bad-trailer", name, $"{name} points at a commit that says it is {said ?? "no transaction"}",
                    $"git show {name}");
            }

            foreach (var change in recorded.Changes)
            {
                if (new[] { change.Before?.Blob, change.After?.Blob }.OfType<ObjectId>().FirstOrDefault(b => !context.Objects.Exists(b))
                    is { Length: > 0 } blob)
                {
                    Add(FindingSeverity.Error, "missing-blob", name, $"{name}: the content {blob} of \"{change.Path}\" is not in the repository",
                        $"the rest can be kept without that path: git writeopt forget --path \"{change.Path}\"");
                }
            }
        }
        catch (WriteException cause)
        {
            Add(FindingSeverity.Error, cause.Error.Code, name, $"{name} cannot be read: {cause.Error.Message}",
                $"git fsck --full; where nothing helps: git update-ref -d {name}");
        }
    }

    private void Trees(string name, ObjectId commit)
    {
        var missing = new HeldObjects(context.Objects).New(commit).Where(id => !context.Objects.Exists(id)).ToList();
        if (missing.Count > 0)
        {
            Add(FindingSeverity.Error, "missing-object", name,
                $"{name}: {missing.Count} objects are not in the repository, {missing[0]} for one", "git fsck --full");
        }
    }

    private void Folds(ObjectId tip, bool full)
    {
        List<FoldedTransaction> folded;
        try
        {
            folded = [.. new FoldedTransactions(context).NewestFirst()];
        }
        catch (StoreException cause)
        {
            Add(FindingSeverity.Error, "damaged-fold", RefNames.Folded,
                $"the chain of folded transactions at {tip} cannot be read: {cause.Error.Message}",
                $"git fsck --full; to give the folded ones up: git update-ref -d {RefNames.Folded}");
            return;
        }

        var missing = folded.Where(f => !context.Objects.Exists(f.Commit)).ToList();
        foreach (var one in full ? folded.Except(missing) : [])
        {
            Changes($"{RefNames.Folded}:{one.Id}", one.Id.ToString(), one.Commit);
        }

        if (missing.Count > 0 && mayRepair)
        {
            missing.ForEach(f => DoctorLog.Append(context, $"took {f.Id} {f.Commit} out of {RefNames.Folded} (the commit is missing)"));
            new RefRemoval(context).Fold([], missing.ToDictionary(f => f.Id, _ => (ObjectId?)null));
        }

        _findings.AddRange(missing.Select(f => new Finding(FindingSeverity.Error, "missing-object",
            $"the folded transaction {f.Id} ({f.Commit}) is not in the repository")
        {
            Path = RefNames.Folded,
            Repaired = true,
        }));
    }

    private void Add(FindingSeverity severity, string code, string path, string message, string suggestion) =>
        _findings.Add(new Finding(severity, code, message) { Path = path, Suggestion = suggestion });
}

using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// Resolves operations, one after the other, into states of the overlay. An operation that is refused leaves the overlay
/// as it was.
/// </summary>
/// <param name="overlay">The batch's view, changed by each operation.</param>
/// <param name="context">The world outside.</param>
/// <param name="options">Whether expectations hold (<c>Force</c>), are merged (<c>ThreeWay</c>), and who wins.</param>
/// <param name="warn">Told what a person should know.</param>
internal sealed class OperationResolver(
    Overlay overlay, PlanningContext context, ApplyOptions options, Action<string> warn)
{
    private readonly ContentOperations _contents = new(overlay, context, warn);
    private readonly TreeOperations _trees = new(overlay, context, warn);

    /// <summary>Resolves one operation.</summary>
    /// <exception cref="RefusedException">It cannot be carried out; the message names the operation.</exception>
    public void Resolve(Operation operation)
    {
        var mark = overlay.Mark;
        try
        {
            if (options.Force || Mismatch(operation) is not { } mismatch)
            {
                Carry(operation);
            }
            else if (options.ThreeWay && operation.Expect is Expectation.Blob blob
                && context.ReadBlob(blob.Id) is { } ancestor)
            {
                Merge(operation, ancestor);
            }
            else
            {
                throw new RefusedException(mismatch);
            }
        }
        catch (RefusedException refusal)
        {
            overlay.Revert(mark);
            var errors = refusal.All.Select(error => Refusals.Within(operation, error)).ToList();
            throw new RefusedException(errors[0], refusal) { All = errors };
        }
    }

    private void Carry(Operation operation)
    {
        switch (operation)
        {
            case Operation.Write write:
                _contents.Write(write);
                break;
            case Operation.Edit edit:
                _contents.Edit(edit);
                break;
            case Operation.Insert insert:
                _contents.Insert(insert);
                break;
            case Operation.ContextEdit edit:
                _contents.ContextEdit(edit);
                break;
            case Operation.RangeEdit edit:
                _contents.RangeEdit(edit);
                break;
            case Operation.SearchReplace search:
                _contents.SearchReplace(search);
                break;
            case Operation.NotebookEdit notebook:
                _contents.NotebookEdit(notebook);
                break;
            case Operation.Conditional conditional:
                if (IsThere(conditional.Path) == conditional.Present)
                {
                    Carry(conditional.Then);
                }

                break;
            case Operation.Patch patch:
                _contents.Patch(patch);
                break;
            case Operation.Delete delete:
                _trees.Delete(delete);
                break;
            case Operation.Move move:
                _trees.Move(move);
                break;
            case Operation.Copy copy:
                _trees.Copy(copy);
                break;
            case Operation.ChangeMode mode:
                _trees.ChangeMode(mode);
                break;
            case Operation.Link link:
                _trees.Link(link);
                break;
            case Operation.Template template when context.ExpandTemplate is { } expand:
                foreach (var part in expand(template, TextOf))
                {
                    if (!options.Force && Mismatch(part) is { } mismatch)
                    {
                        throw new RefusedException(mismatch);
                    }

                    Carry(part);
                }

                break;
            case Operation.Template template:
                throw new RefusedException(new WriteError(ErrorCategory.Dependency, "unknown-template",
                    $"no template \"{template.Name}\" has been learned here")
                {
                    Suggestion = "write the files that it would have made as operations of their own",
                });
            default:
                throw new InvalidOperationException($"an operation of a kind that is not known: {operation}");
        }
    }

    private string? TextOf(RepoPath path) =>
        overlay.At(path).Now is PathState.File file ? System.Text.Encoding.UTF8.GetString(file.Content.ToMemory().Span) : null;

    private bool IsThere(RepoPath path) => overlay.At(path).IsPresent || overlay.IsDirectory(path);

    private WriteError? Mismatch(Operation operation)
    {
        if (operation.Expect is Expectation.Any || Refusals.FirstPath(operation) is not { } path)
        {
            return null;
        }

        var state = overlay.At(path).Now;
        var (expected, holds) = operation.Expect switch
        {
            Expectation.Absent => ("nothing", state is PathState.Absent
                && (!overlay.IsDirectory(path) || overlay.IsEmptied(path))),
            Expectation.Present => ("a file or link", state is not PathState.Absent),
            Expectation.Blob blob => ($"blob {blob.Id}",
                string.Equals(IdOf(state), blob.Id, StringComparison.OrdinalIgnoreCase)),
            _ => ("", true),
        };
        return holds ? null : new WriteError(ErrorCategory.Conflict, "expectation-failed",
            $"\"{path}\": expected {expected}, found {Describe(path, state)}")
        {
            Path = path.Value,
            Suggestion = operation.Expect is Expectation.Blob
                ? "read the file again and redo the change, or merge with --3way, or ignore this with --force"
                : "correct the batch, or ignore this with --force",
        };
    }

    private string Describe(RepoPath path, PathState state) => state switch
    {
        PathState.File => $"blob {IdOf(state)}",
        PathState.Link link => $"a link to \"{link.Target}\" (blob {IdOf(state)})",
        _ => overlay.IsDirectory(path) ? "a directory" : "nothing",
    };

    private string? IdOf(PathState state) => state switch
    {
        PathState.File file => (file.Id ?? context.Hash(file.Content)).ToString(),
        PathState.Link link => (link.Id ?? context.Hash(Content.Of(link.Target))).ToString(),
        _ => null,
    };

    // Theirs is what the operation makes of the blob that it was made for.
    private void Merge(Operation operation, Content ancestor)
    {
        var path = Refusals.FirstPath(operation)!;
        var found = overlay.At(path).Now;
        if (found is not PathState.File ours)
        {
            throw Conflict(path, $"the file that it was made for is not there any more: found {Describe(path, found)}");
        }

        var origin = overlay.At(path).From;
        var expected = ours with { Content = ancestor, Id = null };
        overlay.Set(path, expected, origin);
        Carry(operation);
        var target = TargetOf(operation, path);
        var from = overlay.At(target).From;
        switch (overlay.At(target).Now)
        {
            case PathState.File theirs:
                var merged = context.Merge(ours.Content, ancestor, theirs.Content, options.Favor)
                    ?? throw Conflict(path, "the change conflicts with what is in the worktree");
                overlay.Set(target, theirs with { Content = merged, Id = null }, from);
                warn($"\"{path}\" was not as expected and was merged three ways");
                if (ReferenceEquals(overlay.At(path).Now, expected))
                {
                    // A copy leaves its source, which must not become what was expected there.
                    overlay.Set(path, ours, origin);
                }

                break;
            case var other when options.Favor is MergeFavor.Theirs:
                overlay.Set(target, other, from);
                break;
            case var _ when options.Favor is MergeFavor.Ours or MergeFavor.Union:
                overlay.Set(path, ours, origin);
                warn($"\"{path}\" was changed since, and is kept as it is");
                break;
            default:
                throw Conflict(path, "it was changed since, and is to be deleted or replaced");
        }
    }

    private static RepoPath TargetOf(Operation operation, RepoPath path) => operation switch
    {
        Operation.ContextEdit { MoveTo: { } to } => to,
        Operation.Move move => move.To,
        Operation.Copy copy => copy.To,
        Operation.Patch { Files: [{ Kind: not PatchKind.Delete } file, ..] } => file.NewPath,
        _ => path,
    };

    private static RefusedException Conflict(RepoPath path, string message) => Refusals.Of(ErrorCategory.Conflict,
        "merge-conflict", path, $"\"{path}\": {message}", "decide with --merge ours, theirs or union, or redo the change");
}

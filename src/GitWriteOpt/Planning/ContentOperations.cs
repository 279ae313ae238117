using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning.Text;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>The operations that make content: write, edit, insert, context edit, patch.</summary>
internal sealed class ContentOperations(Overlay overlay, PlanningContext context, Action<string> warn)
{
    /// <summary>A whole file.</summary>
    public void Write(Operation.Write write)
    {
        var before = overlay.At(write.Path).Now;
        if (before is PathState.Link link)
        {
            warn($"\"{write.Path}\" was a link to \"{link.Target}\" and becomes a file; the link's target is not written");
        }

        var content = write.NewFileFollowsAttributes && before is PathState.Absent
            && context.NewFileGetsCrlf?.Invoke(write.Path) == true ? NewFileText.WithCrlf(write.Content) : write.Content;
        overlay.Set(write.Path, PathStates.Over(before, content, write.Executable), overlay.At(write.Path).From);
    }

    /// <summary>Replacements of text.</summary>
    public void Edit(Operation.Edit edit) =>
        Change(edit, edit.Path, edit.Path, text => TextEdit.Replace(text, edit.Replacements));

    /// <summary>Text inserted after a line.</summary>
    public void Insert(Operation.Insert insert) =>
        Change(insert, insert.Path, insert.Path, text => TextEdit.Insert(text, insert.Line, insert.Text));

    /// <summary>Chunks found by their context, and a move.</summary>
    public void ContextEdit(Operation.ContextEdit edit) =>
        Change(edit, edit.Path, edit.MoveTo ?? edit.Path, text => edit.IsV4A
            ? V4AEditing.Apply(text, edit.Chunks, Warner(edit.Path))
            : ContextEditing.Apply(text, edit.Chunks, Warner(edit.Path)));

    /// <summary>Ranges by their positions.</summary>
    public void RangeEdit(Operation.RangeEdit edit) =>
        Change(edit, edit.Path, edit.Path, text => RangeEditing.Apply(text, edit, Warner(edit.Path)));

    /// <summary>A cell of a notebook.</summary>
    public void NotebookEdit(Operation.NotebookEdit edit) =>
        Change(edit, edit.Path, edit.Path, text => NotebookEditing.Apply(text, edit.Change));

    /// <summary>SEARCH/REPLACE blocks; the first one may make the file.</summary>
    public void SearchReplace(Operation.SearchReplace edit)
    {
        if (overlay.At(edit.Path).IsPresent || !SearchReplacing.MakesFile(edit))
        {
            Change(edit, edit.Path, edit.Path, text => SearchReplacing.Apply(text, edit, Warner(edit.Path)));
            return;
        }

        var made = SearchReplacing.Apply(TextFile.Of(Content.Of("")), edit, Warner(edit.Path));
        Write(new Operation.Write(edit.Path, made.Content) { NewFileFollowsAttributes = true });
    }

    /// <summary>A diff: all its old names mean the state before it.</summary>
    public void Patch(Operation.Patch patch)
    {
        var before = new Dictionary<RepoPath, PathState>();
        var leaving = patch.Files.Where(f => f.Kind is PatchKind.Delete or PatchKind.Rename)
            .Select(f => f.OldPath).ToHashSet();
        foreach (var file in patch.Files.Where(f => f.Kind is not PatchKind.Create))
        {
            var entry = overlay.At(file.OldPath);
            before[file.OldPath] = entry.IsPresent ? entry.Now : throw Refusals.NotFound(entry);
        }

        var origins = before.Keys.ToDictionary(path => path, path => overlay.At(path).From ?? path);
        foreach (var path in leaving)
        {
            // Before the new names are looked at: one of them may lie below a link or file that goes.
            overlay.Set(path, PathState.Nothing);
        }

        foreach (var file in patch.Files.Where(f => f.Kind is PatchKind.Create or PatchKind.Rename or PatchKind.Copy))
        {
            var entry = overlay.At(file.NewPath);
            if (entry.IsPresent && !leaving.Contains(file.NewPath) && !IsSameFile(file.OldPath, file.NewPath))
            {
                throw Refusals.Taken(file.NewPath);
            }
        }

        foreach (var (path, state) in context.ApplyDiff(patch, before))
        {
            var header = patch.Files.FirstOrDefault(f => f.NewPath == path && f.Kind is not PatchKind.Delete);
            var source = header is not null && before.TryGetValue(header.OldPath, out var old) ? old : null;
            var from = header?.Kind is PatchKind.Rename ? origins[header.OldPath] : overlay.At(path).From;
            overlay.Set(path, KeepBits(state, source), from);
        }
    }

    private static PathState KeepBits(PathState state, PathState? source) =>
        state is PathState.File { Permissions: null } file && source is PathState.File { Permissions: not null } old
            ? PathStates.WithMode(file with { Permissions = old.Permissions, Executable = old.Executable }, file.Executable)
            : state;

    private Action<string> Warner(RepoPath path) => warning => warn($"\"{path}\": {warning}");

    private bool IsSameFile(RepoPath one, RepoPath other) => context.IgnoreCase
        && string.Equals(one.Value, other.Value, StringComparison.OrdinalIgnoreCase);

    private void Change(Operation operation, RepoPath path, RepoPath to, Func<TextFile, TextFile> change)
    {
        var entry = overlay.At(path);
        var file = entry.Now switch
        {
            PathState.File present => present,
            PathState.Link link => throw Refusals.Of(ErrorCategory.Conflict, "not-a-file", path,
                $"\"{path}\" is a link to \"{link.Target}\"; links are never followed", $"edit \"{link.Target}\" itself"),
            _ => throw Refusals.NotFound(entry),
        };
        var text = TextFile.Of(file.Content);
        var changed = change(text);
        var same = changed.Content is Content.Memory memory && text.Content is Content.Memory old
            && memory.Bytes.Span.SequenceEqual(old.Bytes.Span);
        if (same && path == to)
        {
            warn($"operation {operation.Origin.Ordinal + 1} changes nothing in \"{path}\"");
            return;
        }

        var after = same ? file : file with { Content = changed.Content, Id = null };
        if (path == to)
        {
            overlay.Set(path, after, entry.From);
            return;
        }

        overlay.At(to);
        overlay.SetMoved(path, to);
        overlay.Set(to, after, entry.Before is PathState.Absent ? null : path);
    }
}

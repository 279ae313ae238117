using GitWriteOpt.Dependencies;
using GitWriteOpt.Dependencies.Scanning;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// What a batch's moves do to the links of documents: finds those that would lead nowhere and writes them anew, each in its
/// own style (relative, from the root, with percent signs). A link that the batch itself has mended already, or that was
/// broken before, is left alone. Decides, and changes nothing.
/// </summary>
internal sealed class LinkFixes
{
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _after = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Func<string, bool> _exists;

    /// <summary>Of the moves of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="exists">Whether there is a file or folder at a path of the worktree now.</param>
    internal LinkFixes(WritePlan plan, Func<string, bool> exists)
    {
        _exists = exists;
        foreach (var change in plan.Changes)
        {
            _after[change.Path.Value] = change.After is not PathState.Absent;
            if (change.RenamedFrom is { } from)
            {
                _moved[from.Value] = change.Path.Value;
                _names[change.Path.Value] = from.Value;
            }
        }

        var gone = plan.DirectoriesToRemove.Select(d => d.Path.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (from, to) in _moved.ToList())
        {
            Folders(from, to, gone);
        }
    }

    /// <summary>Whether anything moves.</summary>
    internal bool Any => _moved.Count > 0;

    /// <summary>Whether a file's links are looked at.</summary>
    internal static bool IsDocument(string path) => Path.GetExtension(path.AsSpan()) is ".md" or ".markdown" or ".mdx";

    /// <summary>Whether a text may have a link that has to be mended: a quick look at the names that move.</summary>
    internal bool MayConcern(string path, string text)
    {
        if (_names.ContainsKey(path))
        {
            return true;
        }

        foreach (var from in _moved.Keys)
        {
            if (text.Contains(Uri.EscapeDataString(RelativePaths.Name(from)), StringComparison.Ordinal)
                || text.Contains(RelativePaths.Name(from), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fix of one document; null where none of its links breaks.</summary>
    /// <param name="path">Where the batch leaves it.</param>
    /// <param name="text">The text that the batch leaves it with.</param>
    internal LinkFix? Of(RepoPath path, string text)
    {
        var earlier = _names.GetValueOrDefault(path.Value, path.Value);
        var replacements = new List<Replacement>();
        var links = 0;
        foreach (var link in DocumentLinks.In(text))
        {
            if (Mended(path.Value, earlier, link) is { } target)
            {
                links++;
                var replacement = new Replacement(link.Text, link.Before + target + link.After, All: true);
                if (!replacements.Contains(replacement))
                {
                    replacements.Add(replacement);
                }
            }
        }

        return replacements.Count == 0 ? null : new LinkFix(path, links, CatchOneAnother(replacements)
            ? new Operation.Write(path, Content.Of(Rewritten(path.Value, earlier, text))) : new Operation.Edit(path, replacements));
    }

    private static bool CatchOneAnother(List<Replacement> replacements)
    {
        for (var i = 0; i < replacements.Count; i++)
        {
            for (var j = i + 1; j < replacements.Count; j++)
            {
                if (replacements[i].New.Contains(replacements[j].Old, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Link by link, each found behind the one before it.
    private string Rewritten(string path, string earlier, string text)
    {
        var result = new System.Text.StringBuilder(text.Length + 64);
        var at = 0;
        foreach (var link in DocumentLinks.In(text))
        {
            var place = text.IndexOf(link.Text, at, StringComparison.Ordinal);
            if (place >= 0 && Mended(path, earlier, link) is { } target)
            {
                result.Append(text, at, place - at).Append(link.Before).Append(target);
                at = place + link.Before.Length + link.Target.Length;
            }
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private string? Mended(string path, string earlier, DocumentLink link)
    {
        var end = link.Target.AsSpan().IndexOfAny('?', '#');
        var written = end < 0 ? link.Target : link.Target[..end];
        if (RelativePaths.OfLink(link.Target) is not { Length: > 0 } name)
        {
            return null;
        }

        var rooted = name.StartsWith('/');
        var old = RelativePaths.Join(rooted ? "" : RelativePaths.Folder(earlier), name);
        if (old is { Length: > 0 } && IsThere(RelativePaths.Join(rooted ? "" : RelativePaths.Folder(path), name)))
        {
            return null;
        }

        // A mention in code may also be seen from the root, wherever its document lies.
        var fromRoot = link.IsCode && !rooted && (old is null || !_moved.ContainsKey(old)) && _moved.ContainsKey(name);
        old = fromRoot ? name : old;
        if (old is not { Length: > 0 } || (link.IsCode && !_moved.ContainsKey(old)))
        {
            return null;
        }

        var now = _moved.GetValueOrDefault(old, old);
        if ((now == old && (path == earlier || rooted)) || !IsThere(now))
        {
            return null;
        }

        var target = rooted ? "/" + now : fromRoot ? now : Relative(RelativePaths.Folder(path), now);
        target = written.StartsWith("./", StringComparison.Ordinal) && !target.StartsWith('.') ? "./" + target : target;
        target = written.EndsWith('/') ? target + "/" : target;
        return Encoded(target, link) + (end < 0 ? "" : link.Target[end..]);
    }

    private bool IsThere(string? path) => path is { Length: > 0 }
        && (_after.TryGetValue(path, out var there) ? there : _folders.Contains(path) || (!_moved.ContainsKey(path) && _exists(path)));

    // A folder has moved where all of it that the batch moves has gone to one place and keeps its names.
    private void Folders(string from, string to, HashSet<string> gone)
    {
        for (var (a, b) = (from, to); RelativePaths.Name(a) == RelativePaths.Name(b);)
        {
            (a, b) = (RelativePaths.Folder(a), RelativePaths.Folder(b));
            if (a.Length == 0 || b.Length == 0 || a == b || !gone.Contains(a) || _exists(b) || (_moved.TryGetValue(a, out var other) && other != b))
            {
                return;
            }

            _moved[a] = b;
            _folders.Add(b);
        }
    }

    private static string Relative(string folder, string path)
    {
        var (from, to) = (folder.Split('/', StringSplitOptions.RemoveEmptyEntries), path.Split('/'));
        var shared = 0;
        while (shared < from.Length && shared < to.Length - 1 && from[shared] == to[shared])
        {
            shared++;
        }

        var parts = new List<string>();
        for (var i = shared; i < from.Length; i++)
        {
            parts.Add("..");
        }

        parts.AddRange(to[shared..]);
        return string.Join('/', parts);
    }

    private static string Encoded(string target, DocumentLink link)
    {
        if (link.IsCode || link.Before.EndsWith('<'))
        {
            return target;
        }

        var percent = link.Target.Contains('%', StringComparison.Ordinal);
        return !percent && target.AsSpan().IndexOfAny(' ', '(', ')') < 0 ? target
            : string.Join('/', Array.ConvertAll(target.Split('/'), Uri.EscapeDataString));
    }
}

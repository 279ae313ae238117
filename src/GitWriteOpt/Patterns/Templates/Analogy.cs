namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// An earlier file is to its companions as a new file is to what is missing: the names and directories in which the two
/// differ are put in each other's place.
/// </summary>
internal sealed class Analogy
{
    private static readonly string[] Separators = ["/", ".", "::"];
    private readonly string[] _from;
    private readonly string[] _to;
    private readonly Renaming _paths;
    private readonly Lazy<Renaming> _text;

    /// <summary>Between an earlier and a new file.</summary>
    /// <param name="earlier">The earlier path.</param>
    /// <param name="earlierName">Its name, as a shape reads it.</param>
    /// <param name="path">The new path.</param>
    /// <param name="name">Its name.</param>
    /// <param name="inText">The form that the new name has in text where nothing else tells.</param>
    internal Analogy(string earlier, NameWords earlierName, string path, NameWords name, NameForm inText)
    {
        _from = PathReading.Directories(earlier);
        _to = PathReading.Directories(path);
        var form = FormOf(path);
        var (left, right) = Differing(_from, _to);
        var names = new List<(NameWords, NameWords)> { (earlierName, name) };
        if (left.Length == right.Length)
        {
            names.AddRange(left.Zip(right).Select(pair => (NameWords.Of(pair.First), NameWords.Of(pair.Second))));
        }

        var wholes = left.Length > 0 && right.Length > 0 && left.Length != right.Length
            ? Separators.Select(s => (string.Join(s, left), string.Join(s, right))).ToArray() : [];
        _paths = new Renaming(names, wholes.Take(1), form, form);
        _text = new Lazy<Renaming>(() => new Renaming(names, wholes, form, inText));
    }

    /// <summary>For the contents of the companions.</summary>
    internal Renaming Text => _text.Value;

    /// <summary>Where a companion of the earlier file would lie beside the new one: once or twice.</summary>
    internal IEnumerable<string> Paths(string companion)
    {
        var renamed = _paths.Apply(companion);
        var same = _from.AsSpan().SequenceEqual(_to);
        var directories = PathReading.Directories(companion);
        if (same)
        {
            if (renamed != companion)
            {
                yield return renamed;
            }

            yield break;
        }

        var shared = 0;
        while (shared < directories.Length && shared < _from.Length && directories[shared] == _from[shared])
        {
            shared++;
        }

        var up = _from.Length - shared;
        if (shared > 0 && up <= _to.Length)
        {
            var below = _paths.Apply(string.Join('/', [.. directories[shared..], companion[(companion.LastIndexOf('/') + 1)..]]));
            var relative = string.Join('/', [.. _to[..^up], below]);
            yield return relative;
            if (relative == renamed)
            {
                yield break;
            }
        }

        // One that stays where it was is that very file, which has gone since.
        if (renamed != companion)
        {
            yield return renamed;
        }
    }

    /// <summary>The form of a file's name.</summary>
    internal static NameForm FormOf(string path)
    {
        var body = PathReading.Body(path[(path.LastIndexOf('/') + 1)..]);
        return body.Contains('_', StringComparison.Ordinal) ? NameForm.Snake
            : body.Contains('-', StringComparison.Ordinal) ? NameForm.Kebab
            : body.Length > 0 && char.IsUpper(body[0]) ? NameForm.Pascal : NameForm.Camel;
    }

    private static (string[] Left, string[] Right) Differing(string[] left, string[] right)
    {
        var start = 0;
        while (start < left.Length && start < right.Length && left[start] == right[start])
        {
            start++;
        }

        var end = 0;
        while (end < left.Length - start && end < right.Length - start && left[^(end + 1)] == right[^(end + 1)])
        {
            end++;
        }

        return (left[start..^end], right[start..^end]);
    }
}

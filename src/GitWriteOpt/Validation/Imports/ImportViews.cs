using System.Runtime.CompilerServices;
using GitWriteOpt.Dependencies;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Imports;

/// <summary>
/// What is validated as the resolution of references sees it: the files as they were and as they shall be, and what each
/// touched one refers to. Made once for all rules of one validation.
/// </summary>
internal sealed class ImportViews
{
    private static readonly ConditionalWeakTable<CheckSubject, ImportViews> Made = [];

    private readonly CheckSubject _subject;
    private readonly Dictionary<string, CheckedFile> _files;
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<ScannedFile>> _scanned;

    private ImportViews(CheckSubject subject, ImportViews written)
        : this(subject)
    {
        _scanned = written._scanned;
        After = new(new FileSource(path => IsAround(path), path => Text(Outside(path)), () => _subject.Tracked().Select(t => t.Path.Value)
            .Where(p => !_files.ContainsKey(p)).Concat(_files.Keys.Where(IsAround))));
    }

    private ImportViews(CheckSubject subject)
    {
        _subject = subject;
        _files = subject.Files.ToDictionary(f => f.Path.Value, StringComparer.Ordinal);
        Before = View(f => f.RenamedFrom is null ? f.Before : PathState.Nothing);
        After = View(f => f.After);
        _scanned = new(() => Scan(subject.Files));
    }

    /// <summary>Those of a subject.</summary>
    public static ImportViews Of(CheckSubject subject) => Made.GetValue(subject, static s => new ImportViews(s));

    /// <summary>
    /// Those of a subject whose files have been written: what they refer to is known, and what there is is looked for on
    /// disk alone.
    /// </summary>
    /// <param name="subject">The subject, with what is there now around its files.</param>
    /// <param name="planned">The same files, as they were planned.</param>
    public static void OfWritten(CheckSubject subject, CheckSubject planned) =>
        Made.Add(subject, new ImportViews(subject, Of(planned)));

    /// <summary>
    /// Whether references may be broken now that a subject's files are written: one of those that go may be imported, or
    /// one that they refer to is not there any more.
    /// </summary>
    /// <param name="subject">The subject, with what is there now around its files.</param>
    /// <param name="planned">The same files, as they were planned.</param>
    public static bool MayBreak(CheckSubject subject, CheckSubject planned) => subject.Files.Any(f => f.After is PathState.Absent)
        || Of(planned) is var views && views._met.Any(path => !views.IsTouched(path) && !subject.IsAround(RepoPath.Parse(path)));

    /// <summary>The files as they were.</summary>
    public FileView Before { get; }

    /// <summary>The files as they shall be.</summary>
    public FileView After { get; }

    /// <summary>What each file in a known language shall refer to.</summary>
    public IReadOnlyList<ScannedFile> Scanned => _scanned.Value;

    /// <summary>Notes files that references are met by.</summary>
    public void Meet(Resolution.Found found) => _met.UnionWith(found.Files);

    /// <summary>Whether a path is one of those that are validated.</summary>
    public bool IsTouched(string path) => _files.ContainsKey(path);

    private FileView View(Func<CheckedFile, PathState> state) => new(new FileSource(
        path => _files.TryGetValue(path, out var file) ? state(file) is not PathState.Absent : IsAround(path),
        path => Text(_files.TryGetValue(path, out var file) ? state(file) : Outside(path)),
        () => _subject.Tracked().Select(t => t.Path.Value).Where(p => !_files.ContainsKey(p))
            .Concat(_files.Values.Where(f => state(f) is not PathState.Absent).Select(f => f.Path.Value))));

    private static ReadOnlyMemory<byte>? Text(PathState state) =>
        state is PathState.File found && found.Content.Length < Language.TooLarge ? found.Content.ToMemory() : null;

    private bool IsAround(string path)
    {
        if (PathRules.Objection(path) is not null)
        {
            return false;
        }

        try
        {
            return _subject.IsAround(RepoPath.Parse(path));
        }
        catch (Errors.RefusedException)
        {
            return true; // as below
        }
    }

    private PathState Outside(string path)
    {
        if (PathRules.Objection(path) is not null)
        {
            return PathState.Nothing;
        }

        try
        {
            // A directory is no state; a link to one that cannot be followed is taken to be right.
            return _subject.Read(RepoPath.Parse(path));
        }
        catch (Errors.RefusedException)
        {
            return new PathState.Link(""); // beyond a link or in a submodule: there, as far as can be told
        }
    }

    private static List<ScannedFile> Scan(IReadOnlyList<CheckedFile> files)
    {
        var scanned = new ScannedFile?[files.Count];
        SideBySide.Each(scanned.Length, i => scanned[i] = Scan(files[i]));
        return [.. scanned.OfType<ScannedFile>()];
    }

    private static ScannedFile? Scan(CheckedFile file)
    {
        if (Language.Of(file.Path.Value) is not { } language || file.NewContent is not { Length: < Language.TooLarge } content)
        {
            return null;
        }

        var now = language.Scan(file.Path.Value, content.ToMemory().Span);
        var before = now.Uses.Count > 0 && file.OldContent is { Length: < Language.TooLarge } old
            ? language.Scan((file.RenamedFrom ?? file.Path).Value, old.ToMemory().Span) : FileReferences.None;
        return new ScannedFile(file, language, now, before);
    }
}

/// <summary>A file and what it refers to.</summary>
/// <param name="File">The file.</param>
/// <param name="Language">Its language.</param>
/// <param name="Now">What it shall refer to.</param>
/// <param name="Before">What it referred to.</param>
internal sealed record ScannedFile(CheckedFile File, Language Language, FileReferences Now, FileReferences Before);

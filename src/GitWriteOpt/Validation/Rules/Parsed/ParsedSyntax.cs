using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Rules.Parsed;

/// <summary>
/// A language that <see cref="SyntaxProgram"/> parses. All files that the cache does not know go to one process; those with
/// errors go a second time as they were before, to tell what was broken already. Templates are left alone; what is broken
/// among tests is a warning, since it may be broken on purpose.
/// </summary>
/// <param name="info">What the rule says of itself.</param>
/// <param name="language">Its name.</param>
internal abstract class ParsedSyntax(RuleInfo info, string language) : BatchRule(info)
{
    private sealed record Source(RepoPath Path, string Kind, Content Content, ObjectId Id);

    /// <inheritdoc/>
    public sealed override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        List<CheckedFile> files = [.. subject.Files.Where(f => f.NewContent is not null && Kind(f.Path) is not null)];
        List<Source> sources = [.. files.Select(f => Of(f.Path, f.After, subject)).OfType<Source>()];
        if (sources.Count == 0)
        {
            return [];
        }

        var found = See(sources, subject, tally);
        var broken = sources.Where((_, i) => found[i]?.Any(s => !s.Unsure) == true).Select(s => s.Path).ToHashSet();
        List<Source> before = [.. files.Where(f => broken.Contains(f.Path)).Select(f => Of(f.Path, f.Before, subject)).OfType<Source>()];
        var wasBroken = before.Zip(See(before, subject, null)).Where(b => b.Second?.Any(s => !s.Unsure) == true)
            .Select(b => b.First.Path).ToHashSet();
        return sources.Zip(found).Where(f => f.Second is { Count: > 0 } && !IsTemplate(f.First.Content.ToMemory().Span))
            .SelectMany(f => f.Second!.Select(s => s with
            {
                Path = f.First.Path,
                WasThere = wasBroken.Contains(f.First.Path),
                Unsure = s.Unsure || MayBeMeant(f.First.Path),
            }));
    }

    /// <summary>What the program calls the language of a file of this name; null where it is not this rule's business.</summary>
    protected abstract string? Kind(RepoPath path);

    /// <summary>Whether bytes under such a name are another language's after all.</summary>
    protected virtual bool IsOther(RepoPath path, ReadOnlySpan<byte> bytes) => FileNature.IsBinary(bytes) || FileNature.IsWide(bytes);

    /// <summary>Whether another program makes the real file of this one.</summary>
    protected virtual bool IsTemplate(ReadOnlySpan<byte> bytes) => FileNature.IsTemplate(bytes);

    /// <summary>Whether it may be broken on purpose.</summary>
    protected virtual bool MayBeMeant(RepoPath path) => FileNature.IsTestData(path);

    private Source? Of(RepoPath path, PathState state, CheckSubject subject) =>
        state is PathState.File { Content: { Length: > 0 and <= Content.StreamingThreshold } content } file && !IsOther(path, content.ToMemory().Span)
            ? new Source(path, Kind(path)!, content, file.Id ?? subject.Hash(content)) : null;

    private IReadOnlyList<Sighting>?[] See(List<Source> sources, CheckSubject subject, ValidationTally? tally)
    {
        var found = sources.Select(s => subject.Cache.TryGet(Info, s.Kind, s.Id)).ToArray();
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is not null)
            {
                tally?.Cached(sources[i].Path);
            }
        }

        List<int> open = [.. Enumerable.Range(0, found.Length).Where(i => found[i] is null)];
        if (open.Count == 0 || SyntaxProgram.Find() is not { } program)
        {
            return found;
        }

        var answers = program.Parse([.. open.Select(i => (sources[i].Kind, sources[i].Content.ToMemory()))]);
        for (var n = 0; n < answers.Length; n++)
        {
            var source = sources[open[n]];
            tally?.Ran(source.Path);
            found[open[n]] = Sightings(source.Path, answers[n]);
            if (answers[n] is not null)
            {
                subject.Cache.Put(Info, source.Kind, source.Id, found[open[n]]!);
            }
        }

        return found;
    }

    // What was not judged is said, and refuses nothing.
    private List<Sighting> Sightings(RepoPath path, ParsedFile? answer) => answer switch
    {
        null => [new Sighting(path, $"was not checked: the parser of {language} failed, or had no time left for it") { Unsure = true }],
        { TooMuch: true } => [new Sighting(path, $"was not checked: it is too much for the parser of {language}") { Unsure = true }],
        { Errors: var errors } => [.. errors.Select(e => new Sighting(path,
            e.IsWarning ? e.Message : $"expected {language}: {e.Message}", e.Line, e.Column) { Unsure = e.IsWarning })],
    };
}

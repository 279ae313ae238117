using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Rules.CSharp;

/// <summary>
/// C# that Roslyn's parser does not accept. All files go to one process, those with errors a second time as they were
/// before, to tell what was broken already.
/// </summary>
internal sealed class CSharpSyntax() : BatchRule(new RuleInfo("csharp-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "C# that cannot be parsed (by git-writeopt-csharp, where it is installed beside git-writeopt)"))
{
    private sealed record Source(CheckedFile File, Content Content, ObjectId Id, string Variant);

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        List<CheckedFile> files = [.. subject.Files.Where(f => f.NewContent is { Length: <= Content.StreamingThreshold } && Variant(f.Path) is not null)];
        if (files.Count == 0)
        {
            return [];
        }

        List<Source> sources = [.. files.AsParallel().AsOrdered().Select(f => Of(f, f.After, subject)!)];
        var after = See(sources, subject, (path, cached) => Count(tally, path, cached));
        List<Source> before = [.. sources.Where((_, i) => after[i] is { Count: > 0 })
            .Select(s => Of(s.File, s.File.Before, subject)).OfType<Source>()];
        var broken = before.Zip(See(before, subject, null)).Where(b => b.Second is { Count: > 0 }).Select(b => b.First.File.Path).ToHashSet();
        return after.OfType<IReadOnlyList<Sighting>>().SelectMany(s => s).Select(s => s with
        {
            WasThere = broken.Contains(s.Path),
            Unsure = FileNature.IsTestData(s.Path) && s.Path.Ancestors().Any(a => IsData(a.Name)),
        });
    }

    private static bool IsData(string name) => name.Contains("fixture", StringComparison.OrdinalIgnoreCase)
        || name.Contains("testdata", StringComparison.OrdinalIgnoreCase) || name.Contains("testcases", StringComparison.OrdinalIgnoreCase)
        || name.Contains("resources", StringComparison.OrdinalIgnoreCase);

    private static string? Variant(RepoPath path) => path.Name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? "cs"
        : path.Name.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) ? "csx" : null;

    private static Source? Of(CheckedFile file, PathState state, CheckSubject subject) =>
        state is PathState.File { Content: { Length: <= Content.StreamingThreshold } content } there
            ? new Source(file, content, there.Id ?? subject.Hash(content), Variant(file.Path)!) : null;

    private static void Count(ValidationTally tally, RepoPath path, bool cached)
    {
        if (cached)
        {
            tally.Cached(path);
        }
        else
        {
            tally.Ran(path);
        }
    }

    private IReadOnlyList<Sighting>?[] See(List<Source> sources, CheckSubject subject, Action<RepoPath, bool>? count)
    {
        var found = sources.Select(s => subject.Cache.TryGet(Info, s.Variant, s.Id)).ToArray();
        List<int> open = [.. Enumerable.Range(0, found.Length).Where(i => found[i] is null && !IsOther(sources[i].Content))];
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is { } known)
            {
                found[i] = [.. known.Select(k => k with { Path = sources[i].File.Path })];
                count?.Invoke(sources[i].File.Path, true);
            }
        }

        if (open.Count == 0 || CSharpParser.Find() is not { } parser)
        {
            return found;
        }

        var answers = parser.Parse([.. open.Select(i => (sources[i].Variant == "csx", sources[i].Content.ToMemory()))]);
        foreach (var (i, answer) in open.Zip(answers))
        {
            if (answer is null)
            {
                continue;
            }

            var source = sources[i];
            count?.Invoke(source.File.Path, false);
            found[i] = [.. answer.Select(e => new Sighting(source.File.Path, $"expected C#: {e.Message}", e.Line, e.Column))];
            subject.Cache.Put(Info, source.Variant, source.Id, found[i]!);
        }

        return found;
    }

    // UTF-16, templates of T4 and of code generators.
    private static bool IsOther(Content content)
    {
        var bytes = content.ToMemory().Span;
        return FileNature.IsBinary(bytes) || FileNature.IsWide(bytes);
    }
}

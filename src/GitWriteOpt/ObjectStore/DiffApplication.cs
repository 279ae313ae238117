using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>What to do where the context of a diff no longer matches.</summary>
/// <param name="ThreeWay">Merge against the preimages that the diff's <c>index</c> lines name.</param>
/// <param name="Favor">Decides the conflicts of that merge.</param>
public sealed record DiffOptions(bool ThreeWay = false, MergeFavor Favor = MergeFavor.Refuse);

/// <summary>What a diff makes of the files it was given.</summary>
/// <param name="After">Each path that differs from before: its new state, or null where it goes.</param>
/// <param name="Warnings">What git or we had to overlook.</param>
public sealed record DiffOutcome(IReadOnlyDictionary<RepoPath, BlobState?> After, IReadOnlyList<string> Warnings);

/// <summary>
/// Applies diffs with git's own matching: <c>git apply --cached</c> in a private repository whose index holds the given
/// contents, so bytes go in and come out raw. One git process, however many files, unless a fallback is taken: a diff
/// and a file that disagree in line ends alone are matched with LF, and the file keeps its own.
/// </summary>
public sealed class DiffApplication(RepositoryLayout layout)
{
    // Configuration that would make git overlook or change blanks.
    private static readonly string[] Exact =
        ["-c", "apply.whitespace=nowarn", "-c", "apply.ignoreWhitespace=no", "-c", "core.splitIndex=false"];

    /// <summary>The new states of what a diff touches.</summary>
    /// <param name="diff">A unified or git diff, with one leading component in its names (<c>-p1</c>).</param>
    /// <param name="before">
    /// Every path that the diff names, old and new: its state, or null where nothing is there. A link has its target as
    /// content.
    /// </param>
    /// <param name="options">Whether and how to merge.</param>
    /// <exception cref="RefusedException"><c>patch-does-not-apply</c> or <c>merge-conflict</c>.</exception>
    /// <exception cref="UsageException"><c>corrupt-patch</c>, with the line.</exception>
    /// <exception cref="StoreException">git or the disk failed.</exception>
    public DiffOutcome Apply(
        ReadOnlyMemory<byte> diff, IReadOnlyDictionary<RepoPath, BlobState?> before, DiffOptions options)
    {
        var files = before.Where(b => b.Value is not null).ToDictionary(b => b.Key, b => b.Value!);
        if (TryExactly(diff, files, out var failure) is { } exact)
        {
            return exact;
        }

        if (DiffFailure.IsContext(failure) && TryFolded(diff, files, failure) is { } folded)
        {
            return folded;
        }

        return options.ThreeWay && DiffFailure.Of(failure) is RefusedException
            ? Merge(diff, files, options.Favor, failure)
            : throw DiffFailure.Of(failure);
    }

    private DiffOutcome? TryExactly(
        ReadOnlyMemory<byte> diff, Dictionary<RepoPath, BlobState> files, out string failure)
    {
        using var repository = PrivateRepository.Make(layout, files);
        var answer = Run(repository, diff);
        failure = answer.ErrorText;
        return answer.ExitCode == 0
            ? Difference(repository, files, IndexReader.Open(repository.Layout), Warnings(answer))
            : null;
    }

    private DiffOutcome? TryFolded(ReadOnlyMemory<byte> diff, Dictionary<RepoPath, BlobState> files, string failure)
    {
        var failed = DiffFailure.ContextPaths(failure);
        var crlf = files.Where(f => GitModes.IsFile(f.Value.Mode)
            && FoldedDiff.IsCrlfThroughout(f.Value.Content.ToMemory().Span)).Select(f => f.Key).ToHashSet();
        var crlfInDiff = diff.Span.IndexOf("\r\n"u8) >= 0;
        if (crlf.Any(p => failed.Contains(p.Value))
            && TryFolded(diff, files, [.. crlf.Where(p => failed.Contains(p.Value))], failed) is { } byFile)
        {
            return byFile;
        }

        return crlfInDiff ? TryFolded(FoldedDiff.OfDiff(diff.Span), files, crlf, failed) : null;
    }

    private DiffOutcome? TryFolded(ReadOnlyMemory<byte> diff, Dictionary<RepoPath, BlobState> files,
        HashSet<RepoPath> folded, IReadOnlySet<string> failed)
    {
        var given = files.ToDictionary(f => f.Key, f => !folded.Contains(f.Key) ? f.Value
            : f.Value with { Content = Content.Of(FoldedDiff.Fold(f.Value.Content.ToMemory().Span)) });
        if (TryExactly(diff, given, out _) is not { } outcome)
        {
            return null;
        }

        var after = outcome.After.ToDictionary(a => a.Key, a => a.Value is { } state && folded.Contains(a.Key)
            ? state with { Content = Content.Of(FoldedDiff.Unfold(state.Content.ToMemory().Span)) }
            : a.Value);
        return new DiffOutcome(after, [.. outcome.Warnings,
            .. after.Keys.Where(p => failed.Contains(p.Value)).Order().Select(p => $"the diff's line ends differ from those of \"{p}\": matched by the text of "
                + "the lines, the file keeps its own line ends")]);
    }

    private DiffOutcome Merge(
        ReadOnlyMemory<byte> diff, Dictionary<RepoPath, BlobState> files, MergeFavor favor, string direct)
    {
        using var repository = PrivateRepository.Make(layout, files);
        var answer = Run(repository, diff, "--3way");
        var index = IndexReader.Open(repository.Layout);
        var unmerged = index.Entries().Where(e => e.Stage != 0).ToList();
        if (answer.ExitCode != 0 && unmerged.Count == 0)
        {
            // git could not merge: without the preimages what counts is why the diff does not apply directly.
            throw DiffFailure.Of(direct);
        }

        var outcome = Difference(repository, files, index, Warnings(answer));
        return new DiffOutcome(Resolve(repository, unmerged, favor, outcome.After), outcome.Warnings);
    }

    private Dictionary<RepoPath, BlobState?> Resolve(PrivateRepository repository, List<IndexEntry> unmerged,
        MergeFavor favor, IReadOnlyDictionary<RepoPath, BlobState?> merged)
    {
        var after = new Dictionary<RepoPath, BlobState?>(merged);
        var contents = repository.Read(unmerged.Select(e => e.Id));
        var merge = new ThreeWayMerge(layout);
        var conflicts = new List<WriteError>();
        foreach (var stages in unmerged.GroupBy(e => e.Path, StringComparer.Ordinal))
        {
            var sides = stages.ToDictionary(e => e.Stage);
            Content Side(int stage) => sides.TryGetValue(stage, out var e) ? contents[e.Id] : Content.Of("");
            switch (merge.Merge(Side(2), Side(1), Side(3), favor))
            {
                case MergeResult.Clean clean:
                    var mode = (sides.GetValueOrDefault(2) ?? stages.First()).Mode;
                    after[RepoPath.Parse(stages.Key)] = new BlobState(mode, clean.Content);
                    break;
                case MergeResult.Conflict conflict:
                    conflicts.Add(new WriteError(ErrorCategory.Conflict, "merge-conflict",
                        $"the diff and what is in \"{stages.Key}\" change the same lines ({conflict.Count} conflicts)")
                    {
                        Path = stages.Key,
                        Suggestion = "make the diff from what is there, or choose --merge ours|theirs|union",
                    });
                    break;
            }
        }

        return conflicts.Count == 0 ? after : throw new RefusedException(conflicts[0]) { All = conflicts };
    }

    private static GitAnswer Run(PrivateRepository repository, ReadOnlyMemory<byte> diff, params string[] more) =>
        new GitProcess(repository.Layout).Try(
            [.. Exact, "apply", "--cached", "--whitespace=nowarn", "-p1", .. more, "-"], diff);

    private static List<string> Warnings(GitAnswer answer) =>
        [.. answer.ErrorText.Split('\n').Where(l => l.StartsWith("warning: ", StringComparison.Ordinal))
            .Select(l => l["warning: ".Length..])];

    // An unmerged path is neither gone nor decided here.
    private static DiffOutcome Difference(PrivateRepository repository, Dictionary<RepoPath, BlobState> files,
        IndexReader index, List<string> warnings)
    {
        var entries = index.Entries().ToList();
        var present = entries.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        var merged = entries.Where(e => e.Stage == 0).ToList();
        var contents = repository.Read(merged.Select(e => e.Id));
        var after = files.Keys.Where(f => !present.Contains(f.Value)).ToDictionary(f => f, f => (BlobState?)null);
        foreach (var entry in merged)
        {
            var path = RepoPath.Parse(entry.Path);
            var content = contents[entry.Id];
            if (!files.TryGetValue(path, out var old) || old.Mode != entry.Mode || !repository.IsGiven(path, entry.Id))
            {
                after[path] = new BlobState(entry.Mode, content);
            }
        }

        return new DiffOutcome(after, warnings);
    }
}

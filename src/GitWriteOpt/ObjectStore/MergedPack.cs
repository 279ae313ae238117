using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Several packs of ours as one, by <c>git pack-objects</c>. All their objects go into it, reachable or not: the user's own
/// index may rely on one that happened to be in our pack, and what nobody needs is for git's gc to judge. Order of calls:
/// <see cref="Write"/>, which takes long and disturbs nobody; then, with the gc lock held alone, <see cref="Replace"/>.
/// </summary>
/// <remarks>
/// The order on disk, so that a kill anywhere leaves all objects: the new bytes are durable before they have names; keep
/// file, pack, index; the names durable; the list; only then the old packs, each index first; the keep file last. The new
/// pack has the time of the newest old one, so that git's grace of two weeks does not begin anew.
/// </remarks>
internal sealed class MergedPack : IDisposable
{
    private const string Owner = "gc";
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);
    private static readonly string[] MultiPackIndexes = ["multi-pack-index", "multi-pack-index.d"];
    private static readonly string[] Extensions = [".idx", ".rev", ".bitmap", ".pack"];

    private readonly RepositoryLayout _layout;
    private readonly SealedPack _pack;
    private readonly IReadOnlyList<FileInfo> _old;

    private MergedPack(RepositoryLayout layout, SealedPack pack, IReadOnlyList<FileInfo> old) =>
        (_layout, _pack, _old) = (layout, pack, old);

    /// <summary>Length in bytes.</summary>
    internal long Bytes => _pack.Bytes;

    /// <summary>The packs of ours that git does not keep and no multi-pack index covers.</summary>
    internal static IReadOnlyList<FileInfo> Candidates(RepositoryLayout layout)
    {
        var directory = layout.ObjectsDirectory + "/pack";
        DateTime[] covered = [.. MultiPackIndexes.Select(name => $"{directory}/{name}").Where(Path.Exists).Select(File.GetLastWriteTimeUtc)];
        return
        [
            .. OwnPacks.In(layout).Where(p => !File.Exists(Path.ChangeExtension(p.FullName, ".keep"))
                && (covered.Length == 0 || p.LastWriteTimeUtc > covered.Max())),
        ];
    }

    /// <summary>Writes the new pack under temporary names and checks that nothing is missing.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="old">The packs.</param>
    /// <param name="threads">How many threads git may take; 0 for its own choice.</param>
    /// <exception cref="StoreException">git failed, or the new pack is not whole; nothing is left of it.</exception>
    internal static MergedPack Write(RepositoryLayout layout, IReadOnlyList<FileInfo> old, int threads)
    {
        var directory = new PackDirectory(layout, Owner);
        var stem = $"{directory.TemporaryDirectory}/tmp_merge_{OwnPacks.TemporaryMark}{Owner}_{Guid.NewGuid():N}";
        try
        {
            var hash = Run(layout, old, stem, threads);
            var (pack, index) = ($"{stem}-{hash}.pack", $"{stem}-{hash}.idx");
            var merged = new MergedPack(layout, SealedPack.Of(directory, pack, index, hash, Check(layout, old, index)), old);
            File.SetLastWriteTimeUtc(pack, old.Max(p => p.LastWriteTimeUtc));
            merged._pack.Sync();
            return merged;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or StoreException)
        {
            Sweep(layout);
            throw cause as StoreException ?? Errno.Exception(cause, "write", stem);
        }
    }

    /// <summary>Puts it into the place of the old ones.</summary>
    /// <exception cref="StoreException">The disk failed; all objects are there, some twice.</exception>
    internal void Replace()
    {
        var written = _pack.Publish();
        written.Sync();
        OwnPacks.Record(_layout, written);
        foreach (var old in _old)
        {
            Remove(Path.ChangeExtension(old.FullName, null));
        }

        Sync.Directory(Path.GetDirectoryName(written.PackPath)!);
        written.ReleaseKeep();
        OwnPacks.Tidy(_layout);
    }

    /// <summary>Removes what was not put into place.</summary>
    public void Dispose() => _pack.Discard();

    /// <summary>Removes what a killed merge left; nobody else merges meanwhile.</summary>
    /// <returns>The number of files.</returns>
    internal static int Sweep(RepositoryLayout layout)
    {
        var count = 0;
        foreach (var left in new[] { layout.ObjectsDirectory + "/pack", layout.CommonDirectory + "/writeopt" }
            .Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d, $"tmp_*_{OwnPacks.TemporaryMark}{Owner}_*")))
        {
            PackDirectory.TryDelete(left);
            count++;
        }

        return count;
    }

    private static ObjectId Run(RepositoryLayout layout, IReadOnlyList<FileInfo> old, string stem, int threads)
    {
        var git = new GitProcess(layout, LongestRun) { Filters = [] };
        string[] options =
        [
            "-c", "pack.packSizeLimit=0", "-c", "pack.writeReverseIndex=false", "pack-objects", "-q",
            "--delta-base-offset", $"--threads={threads}",
        ];
        var answer = git.Try([.. options, "--stdin-packs", stem], Lines(old.Select(p => p.Name)));
        if (answer.ExitCode == 129)
        {
            // git before 2.32 does not know --stdin-packs.
            answer = git.Try([.. options, stem], Lines(old.SelectMany(p => Ids(layout, p.FullName)).Distinct()
                .Select(id => id.ToString())));
        }

        return ObjectId.TryParse(answer.Text.AsSpan().Trim(), out var hash) && answer.ExitCode == 0 ? hash
            : throw new StoreException(new WriteError(ErrorCategory.System, "merge-failed",
                $"git pack-objects could not merge {old.Count} packs ({answer.ExitCode}): {answer.ErrorText.Trim()}")
            {
                Path = layout.ObjectsDirectory + "/pack",
                Suggestion = "git fsck --full",
            });
    }

    // The old ones go for good, so git's word is not enough.
    private static int Check(RepositoryLayout layout, IReadOnlyList<FileInfo> old, string index)
    {
        using var merged = PackIndex.TryOpen(index, layout.ObjectFormat);
        var missing = merged is null ? default
            : old.SelectMany(p => Ids(layout, p.FullName)).Cast<ObjectId?>().FirstOrDefault(id => merged.Find(id!.Value) < 0);
        return merged is not null && missing is null ? merged.Count
            : throw new StoreException(new WriteError(ErrorCategory.System, "merge-incomplete",
                $"the merged pack does not hold {missing?.ToString() ?? "anything"}; the packs were left as they are")
            {
                Path = index,
                Suggestion = "git fsck --full",
            });
    }

    private static List<ObjectId> Ids(RepositoryLayout layout, string pack)
    {
        using var index = PackIndex.TryOpen(Path.ChangeExtension(pack, ".idx"), layout.ObjectFormat)
            ?? throw new StoreException(new WriteError(ErrorCategory.System, "damaged-pack",
                $"the index of \"{pack}\" cannot be read")
            {
                Path = pack,
                Suggestion = $"git index-pack \"{pack}\"",
            });
        return [.. index.Ids()];
    }

    private static void Remove(string stem)
    {
        foreach (var extension in Extensions)
        {
            try
            {
                File.Delete(stem + extension);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw Errno.Exception(cause, "remove", stem + extension);
            }
        }
    }

    private static byte[] Lines(IEnumerable<string> lines) =>
        Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}

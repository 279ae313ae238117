using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Dependencies;

/// <summary>
/// Finds which files of one batch refer to which others of it. Nothing but the batch is looked at, so a name that could
/// mean a file outside of it as well means the batch's.
/// </summary>
internal static class BatchEdges
{
    /// <summary>Files of this size or more are not read for the order alone (bytes).</summary>
    private const int TooLarge = 256 << 10;

    // More text than this is not read for the order alone: it would cost more than a right order can save.
    private const long MostBytes = 16 << 20;

    private const int WorthThreads = 32;

    /// <summary>For each file the numbers of those that it refers to; null for none.</summary>
    public static int[]?[] Of(IReadOnlyList<(RepoPath Path, Content? Text)> files)
    {
        var edges = new int[]?[files.Count];
        var number = new Dictionary<string, int>(files.Count, StringComparer.Ordinal);
        var texts = new Dictionary<string, ReadOnlyMemory<byte>>(files.Count, StringComparer.Ordinal);
        var read = new List<int>();
        var bytes = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            var path = files[i].Path.Value;
            var text = (files[i].Text as Content.Memory)?.Bytes;
            number[path] = i;
            texts[path] = text ?? default;
            if (text is { Length: > 0 and < TooLarge } && (bytes += text.Value.Length) <= MostBytes && Language.Of(path) is not null)
            {
                read.Add(i);
            }
        }

        if (read.Count == 0)
        {
            return edges;
        }

        var references = new FileReferences[files.Count];
        Each(read, i => references[i] = Language.ScanAny(files[i].Path.Value, texts[files[i].Path.Value].Span));
        var view = FileView.Of(texts);
        var declared = Declared(read, references);
        string[] everywhere = [.. read.SelectMany(i => references[i].Uses).Where(u => u.Form is ReferenceForm.GlobalNamespace)
            .Select(u => u.Target).Distinct(StringComparer.Ordinal)];
        Each(read, i =>
        {
            var file = files[i].Path.Value;
            var language = Language.Of(file)!;
            int[] found = [.. references[i].Uses.Select(use => language.Resolve(file, use, view)).OfType<Resolution.Found>()
                .SelectMany(f => f.Files).Select(path => number[path])
                .Concat(Mentioned(references[i], declared, everywhere)).Where(n => n != i).Distinct()];
            edges[i] = found.Length > 0 ? found : null;
        });
        return edges;
    }

    private static void Each(List<int> files, Action<int> look)
    {
        if (files.Count < WorthThreads)
        {
            files.ForEach(look);
        }
        else
        {
            Parallel.ForEach(files, look);
        }
    }

    // Types by the hash of their simple names.
    private static Dictionary<uint, List<(string Type, int File)>> Declared(List<int> read, FileReferences[] references)
    {
        var declared = new Dictionary<uint, List<(string, int)>>();
        foreach (var i in read)
        {
            foreach (var type in references[i].Types)
            {
                var hash = TypeNames.Hash(TypeNames.Simple(type));
                if (!declared.TryGetValue(hash, out var list))
                {
                    declared.Add(hash, list = []);
                }

                list.Add((type, i));
            }
        }

        return declared;
    }

    private static IEnumerable<int> Mentioned(
        FileReferences file, Dictionary<uint, List<(string Type, int File)>> declared, string[] everywhere) =>
        declared.Count == 0 ? []
            : file.Mentions.SelectMany(hash => declared.TryGetValue(hash, out var types) ? types : [])
                .Where(t => TypeNames.Uses(file, t.Type, everywhere)).Select(t => t.File);
}

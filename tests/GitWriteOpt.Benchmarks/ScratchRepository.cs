using System.Diagnostics;
using System.Globalization;
using System.Text;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Benchmarks;

/// <summary>A repository of files of 4 KB, a hundred a directory, made for one way of writing and removed after it.</summary>
internal sealed class ScratchRepository : IDisposable
{
    private const int FileLength = 4096;
    private const int FilesOfDirectory = 100;

    private static readonly string[] Words =
        ["return", "public", "static", "value", "index", "the", "of", "a", "=", "(", ")", "{", "}", "null", "string", "42"];

    /// <summary>Makes it, with so many files.</summary>
    public ScratchRepository(string parent, int files)
    {
        Root = Directory.CreateDirectory(Path.Combine(parent, "writeopt-benchmark-" + Path.GetRandomFileName())).FullName;
        using var git = Process.Start(new ProcessStartInfo("git", ["init", "--quiet", Root]))!;
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException("git init failed");
        }

        File.AppendAllText(Path.Combine(Root, ".git", "config"), "[user]\n\tname = Bench\n\temail = bench@example.com\n");
        Paths = [.. Enumerable.Range(0, files).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"src/part{i / FilesOfDirectory:D3}/file{i % FilesOfDirectory:D2}.txt"))];
        Absolute = [.. Paths.Select(p => Path.Combine(Root, p))];
        foreach (var path in Absolute)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        var contents = Contents(0);
        for (var i = 0; i < files; i++)
        {
            File.WriteAllBytes(Absolute[i], contents[i]);
        }
    }

    /// <summary>The worktree.</summary>
    public string Root { get; }

    /// <summary>The files, relative to the root.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The files, with absolute paths.</summary>
    public IReadOnlyList<string> Absolute { get; }

    /// <summary>A content for each file, the same for the same round: words and lines, which compress like source text.</summary>
    public IReadOnlyList<byte[]> Contents(int round)
    {
        var random = new Random(round + 1);
        return [.. Paths.Select(_ => Text(random))];
    }

    /// <summary>These contents as a batch.</summary>
    public Batch Batch(IReadOnlyList<byte[]> contents) => new("Benchmark", [.. Paths.Select((path, i) =>
        new Operation.Write(RepoPath.Parse(path), new Content.Memory(contents[i])) { Origin = new Origin(i) })]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static byte[] Text(Random random)
    {
        var text = new StringBuilder(FileLength + 64);
        while (text.Length < FileLength)
        {
            text.Append(' ', random.Next(8));
            for (var word = random.Next(3, 12); word > 0; word--)
            {
                text.Append(Words[random.Next(Words.Length)]).Append(random.Next(1000)).Append(' ');
            }

            text.Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, FileLength));
    }
}

using System.Globalization;
using System.Text;
using GitWriteOpt.Patterns;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Patterns.Workflows;

/// <summary>Histories of one person who makes the same steps again and again, and of another who does not.</summary>
internal static class Histories
{
    private const long Begin = 1_700_000_000;

    /// <summary>
    /// In each round a handler is made, the next commit changes the changelog, and two commits change nothing that repeats.
    /// </summary>
    internal static IEnumerable<(string Author, char Kind, string Path)> Handlers(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            yield return ("ann", 'A', $"src/handlers/{Name(round)}Handler.cs");
            yield return ("bob", 'M', $"lib/{Name(round)}.cs");
            yield return ("ann", 'M', "CHANGELOG.md");
            for (var other = 0; other < 4; other++)
            {
                yield return ("ann", 'M', $"misc{(round * 4) + other}/x.txt");
            }
        }
    }

    /// <summary>As they are learned.</summary>
    internal static List<LearnedCommit> Learned(IEnumerable<(string Author, char Kind, string Path)> commits) =>
        [.. commits.Select((c, i) => new LearnedCommit($"{i:x12}", Begin + (i * 3600), [new LearnedChange(c.Kind, c.Path)]) { Author = c.Author })];

    /// <summary>The same in a repository.</summary>
    internal static TestRepository Repository(IEnumerable<(string Author, char Kind, string Path)> commits,
        [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.Init("", test);
        var self = repository.Git("config", "user.email");
        var stream = new StringBuilder();
        var time = Begin;
        List<(string Author, char Kind, string Path)> all = [.. commits];
        // What is changed has to be there: one commit makes it all.
        Commit("carl@example.com", [.. all.Where(c => c.Kind == 'M').Select(c => (c.Path, "first\n")).Distinct()]);
        foreach (var (author, kind, path) in all)
        {
            Commit(author == "ann" ? self : author + "@example.com", (path, kind == 'A' ? Handler(path) : $"{time}\n"));
        }

        var (exitCode, _, error) = TestRepository.RunAny(repository.Root, "git", ["fast-import", "--quiet"], stream.ToString());
        exitCode.ShouldBe(0, error);
        repository.Git("reset", "-q", "--hard", "refs/heads/made");
        return repository;

        void Commit(string mail, params (string Path, string Text)[] files)
        {
            time += 3600;
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/made\ncommitter A <{mail}> {time} +0000\ndata 1\nx\n");
            foreach (var (path, text) in files)
            {
                stream.Append(CultureInfo.InvariantCulture, $"M 644 inline {path}\ndata {text.Length}\n{text}\n");
            }
        }
    }

    private static string Handler(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path)[..^"Handler".Length];
        return $"namespace Shop;\n\npublic sealed class {name}Handler(I{name}Store store)\n{{\n    private const string Topic = \"fixed\";\n}}\n";
    }

    private static string Name(int round) => $"{"BCDFGHKLMNPRSTVW"[round / 16 % 16]}{"aeiouaeiouaeioua"[round % 16]}{"lmnrstlmnrstvwxz"[round % 16]}a{"bcdfghklmnprstvw"[round % 16]}o";
}

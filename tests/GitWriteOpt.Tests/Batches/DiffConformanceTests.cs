using System.Globalization;
using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Batches;

/// <summary>
/// Generated patches against git: <c>git apply --index</c> in a twin repository accepts the same ones and makes the same
/// tree. Each case lives in a directory of its own, so that many share few processes.
/// </summary>
public sealed class DiffConformanceTests(ITestOutputHelper told)
{
    private const int CasesAtOnce = 120;

    // DIFF_ROUNDS=5000 for a longer search by hand.
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("DIFF_ROUNDS") ?? "240", CultureInfo.InvariantCulture);

    private static readonly string[] Renames = ["--no-renames", "-M", "-M -C --find-copies-harder", "-M30% -C30% -B"];

    [Fact]
    public void Generated_patches_have_the_verdict_and_the_tree_of_git_apply()
    {
        var (applied, refused, foldedOnly) = (0, 0, 0);
        for (var done = 0; done < Rounds; done += CasesAtOnce)
        {
            var (a, r, f) = Round(done, Math.Min(CasesAtOnce, Rounds - done));
            (applied, refused, foldedOnly) = (applied + a, refused + r, foldedOnly + f);
        }

        told.WriteLine($"{applied} applied, {refused} refused alike, {foldedOnly} applied by us alone (line ends)");
        applied.ShouldBeGreaterThan(Rounds / 3);
        refused.ShouldBeGreaterThan(Rounds / 20);
        foldedOnly.ShouldBeLessThanOrEqualTo(Rounds / 50);
    }

    private static (int Applied, int Refused, int FoldedOnly) Round(int first, int count)
    {
        using var ours = TestRepository.Init();
        Import(ours, first, count);
        ours.Git("checkout", "-q", "drift");
        ours.Git("clone", "-q", "--shared", "--branch", "drift", ours.Root, ours.Outside("twin"));
        var twin = ours.Beside("twin");
        var (applied, refused, foldedOnly) = (0, 0, 0);
        using (var writer = Writer.Open(ours.Root))
        {
            for (var i = first; i < first + count; i++)
            {
                var patch = Patch(ours, i);
                if (patch.Length == 0)
                {
                    continue;
                }

                var git = TestRepository.RunAny(twin.Root, "git", ["apply", "--index", "--whitespace=nowarn", ours.Outside("patch")]);
                var (verdict, warnings) = Apply(writer, ours.Root, patch);
                if (verdict is null && git.ExitCode != 0 && warnings.Any(w => w.Contains("line ends", StringComparison.Ordinal)))
                {
                    // Ours alone, and said so: a diff and a file that disagree in line ends are matched.
                    foldedOnly++;
                    Directory.Delete(ours.At($"c{i}"), recursive: true);
                    twin.Git("rm", "-r", "-q", "-f", "--ignore-unmatch", $"c{i}");
                    continue;
                }

                (verdict is null).ShouldBe(git.ExitCode == 0,
                    $"case {i}: ours: {verdict}; git: {git.Error}\n{Encoding.Latin1.GetString(patch)}");
                (applied, refused) = verdict is null ? (applied + 1, refused) : (applied, refused + 1);
            }
        }

        ours.Git("add", "-A");
        var (mine, theirs) = (ours.Git("write-tree"), twin.Git("write-tree"));
        mine.ShouldBe(theirs, mine == theirs ? "" : twin.Git("diff", "--no-ext-diff", theirs, "--", "."));
        twin.Git("status", "--porcelain", "--untracked-files=no").Split('\n').ShouldAllBe(line => line.Length < 2 || line[1] == ' ');
        return (applied, refused, foldedOnly);
    }

    private static (string? Verdict, IReadOnlyList<string> Warnings) Apply(Writer writer, string root, byte[] patch)
    {
        try
        {
            var batch = BatchReader.Read(patch, BatchFormat.Auto, new BatchContext(root, root));
            batch.Format.ShouldBe("diff");
            var outcome = writer.Apply(batch, new ApplyOptions { Durability = Durability.None });
            return (outcome.State is WriteState.Applied or WriteState.Unchanged ? null : outcome.Error?.Message ?? "refused", outcome.Warnings);
        }
        catch (WriteException e)
        {
            return (e.Error.Message, []);
        }
    }

    private static byte[] Patch(TestRepository repository, int number)
    {
        var random = new Random(number);
        var file = repository.Outside("patch");
        repository.Git(["diff", "--binary", $"--output={file}", $"-U{random.Next(11)}",
            .. Renames[random.Next(Renames.Length)].Split(' '), .. random.Next(3) == 0 ? (string[])["--full-index"] : [],
            .. random.Next(4) == 0 ? (string[])["--inter-hunk-context=5"] : [], "base", "new", "--", $"c{number}"]);
        return File.ReadAllBytes(file);
    }

    private static void Import(TestRepository repository, int first, int count)
    {
        var trees = new Dictionary<string, List<(string Path, RandomFile File)>> { ["base"] = [], ["new"] = [], ["drift"] = [] };
        for (var i = first; i < first + count; i++)
        {
            var random = new RandomTree(new Random(i));
            var made = random.Make();
            foreach (var (name, tree) in new[] { ("base", made), ("new", random.Changed(made)), ("drift", random.Drifted(made)) })
            {
                trees[name].AddRange(tree.Select(file => ($"c{i}/{file.Key}", file.Value)));
            }
        }

        using (var stream = File.Create(repository.Outside("import")))
        {
            foreach (var (name, files) in trees)
            {
                Write(stream, $"commit refs/heads/{name}\ncommitter T <t@example.com> 1 +0000\ndata 0\n");
                foreach (var (path, file) in files)
                {
                    Write(stream, $"M {file.Mode} inline \"{path.Replace("\"", "\\\"", StringComparison.Ordinal)}\"\ndata {file.Content.Length}\n");
                    stream.Write(file.Content);
                    Write(stream, "\n");
                }
            }
        }

        TestRepository.Run(repository.Root, "sh", ["-c", "git fast-import --quiet < ../import"]);
    }

    private static void Write(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}

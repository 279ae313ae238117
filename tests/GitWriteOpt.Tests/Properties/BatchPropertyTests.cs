using CsCheck;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Properties;

/// <summary>
/// Random batches over random small worktrees against <see cref="TreeModel"/>, by both engines. PROPERTY_CASES=1500 for a
/// longer search by hand; CsCheck prints the seed of a failure.
/// </summary>
public sealed class BatchPropertyTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("PROPERTY_CASES") ?? "120");

    private static readonly Gen<string> Name = AnyOf("a", "b", "d", "d/a", "d/b", "d/e", "d/e/c", "f", "g/h", "\u00e4 b");

    private static readonly Gen<string> SomeText = AnyOf("x\n", "y\n", "", "xx\nz", "x\r\n\0", "\u00fc x\n");

    private static readonly Gen<ModelOperation> Operation = Gen.Select(
        AnyOf("write", "write", "edit", "insert", "delete", "delete", "move", "move", "copy", "chmod", "symlink"),
        Name, Name, SomeText, Gen.Bool,
        (op, path, to, text, flag) => new ModelOperation(op, path, to,
            op == "symlink" ? "target" : op is "edit" or "insert" ? "w\n" : text, flag));

    private static readonly Gen<(string Path, string Value)[]> Tree =
        Gen.Select(Name, AnyOf("-", "x", "l"), SomeText, (path, kind, text) => (path, kind == "l" ? "ltarget" : kind + text))
            .Array[0, 7];

    [Fact]
    public void A_batch_leads_where_its_operations_lead_one_by_one_and_back_and_forth_again()
    {
        using var repository = Repository();
        var (applied, refused) = (0, 0);
        Gen.Select(Tree, Operation.Array[1, 7], Gen.Bool, Gen.Bool).Sample((tree, operations, portable, partial) =>
        {
            var model = new TreeModel(Prepare(repository, tree));
            var before = repository.State();
            var possible = operations.All(model.Do);
            using var writer = Writer.Open(repository.Root, null, portable, null);
            var batch = BatchOf(operations);
            var options = new ApplyOptions { Durability = Durability.None, Partial = partial };
            var outcome = writer.Apply(batch, options);
            if (outcome.State == WriteState.Refused)
            {
                repository.State().ShouldBe(before);
                (possible && !model.WasInTheWay).ShouldBeFalse($"{outcome.Error?.Message}");
                refused++;
                return;
            }

            outcome.State.ShouldBeOneOf(WriteState.Applied, WriteState.Unchanged, WriteState.Partial);
            if (outcome.State != WriteState.Partial)
            {
                possible.ShouldBeTrue("it must be refused");
                Files(repository).ShouldBe(model.Files.Select(f => $"{f.Key} {f.Value}"));
                repository.State().ShouldNotContain("empty");
            }

            if (outcome.Transaction is null)
            {
                repository.State().ShouldBe(before);
                return;
            }

            applied++;
            var after = repository.State();
            Does(writer.Rollback(new() { Durability = Durability.None }));
            repository.State().ShouldBe(before);
            Does(writer.Redo(null, Durability.None));
            repository.State().ShouldBe(after);
        }, iter: Cases, threads: 1, print: t => Shown(t.Item1, t.Item2) + $"portable {t.Item3}, partial {t.Item4}");
        applied.ShouldBeGreaterThan(Cases / 10);
        refused.ShouldBeGreaterThan(Cases / 10);
    }

    [Fact]
    public void Whatever_is_done_in_whatever_order_no_byte_is_lost_I2()
    {
        using var repository = Repository();
        var step = Gen.Select(AnyOf("apply", "apply", "undo", "redo", "restore", "force", "edit", "edit", "remove"),
            Name, Operation.Array[1, 3], Gen.Int[0, 5]);
        Gen.Select(Tree, step.Array[3, 9], Gen.Bool).Sample((tree, steps, portable) =>
        {
            Prepare(repository, tree);
            var reached = Reachable(repository);
            using var writer = Writer.Open(repository.Root, null, portable, null);
            foreach (var (deed, path, operations, n) in steps)
            {
                if (deed is "edit" or "remove")
                {
                    ByHand(repository, deed, path, $"by hand {n} x\n");
                    continue;
                }

                var there = OnDisk(repository);
                Act(writer, deed, operations, n);
                var now = Reachable(repository);
                reached.Except(now).ShouldBeEmpty("what was kept once is kept");
                there.Except(now).Except(OnDisk(repository)).ShouldBeEmpty($"lost by {deed}");
                reached = now;
            }

            repository.Git("for-each-ref", "refs/writeopt/pending").ShouldBeEmpty();
        }, iter: Math.Max(12, Cases / 6), threads: 1,
            print: t => Shown(t.Item1, []) + string.Join('\n', t.Item2.Select(s => $"{s.Item1} {s.Item2} {Shown([], s.Item3)} {s.Item4}")));
    }

    [Fact]
    public void A_directory_that_a_batch_has_emptied_does_not_come_along_when_the_one_above_it_moves()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["d/a"] = "a\n", ["d/e/c"] = "c\n" });
        repository.Applied("""{"operations":[{"op":"delete","path":"d/e/c"},{"op":"move","from":"d","to":"n"}]}""");
        Files(repository).ShouldBe(["n/a -a\n"]);
        repository.State().ShouldNotContain("empty");
    }

    private static Operations.Batch BatchOf(ModelOperation[] operations) =>
        new(null, [.. operations.Select((o, i) => o.Real with { Origin = new Operations.Origin(i) })]);

    private static Gen<string> AnyOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Act(Writer writer, string deed, ModelOperation[] operations, int n)
    {
        try
        {
            var outcome = deed switch
            {
                "apply" => writer.Apply(BatchOf(operations),
                    new ApplyOptions { Durability = Durability.None }),
                "undo" => writer.Rollback(new() { Durability = Durability.None }),
                "force" => writer.Rollback(new() { Durability = Durability.None, Force = true }),
                "redo" => writer.Redo(null, Durability.None),
                _ => writer.Restore(new() { Transaction = "@~" + n, Before = n % 2 == 0, Durability = Durability.None }),
            };
            outcome.State.ShouldBeOneOf(WriteState.Applied, WriteState.Unchanged, WriteState.Refused);
        }
        catch (Errors.UsageException)
        {
            // Nothing to undo or redo: nothing is done.
        }
    }

    private static void Does(WriteOutcome outcome)
    {
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        outcome.State.ShouldBe(WriteState.Applied);
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["a"] = "committed\n", ["d/a"] = "committed\n" }, "", test);

    // Dirty, untracked and, by the exclude file, ignored.
    private static Dictionary<string, string> Prepare(TestRepository repository, (string Path, string Value)[] tree)
    {
        File.WriteAllText(repository.At(".git/info/exclude"), "f\ng/\n");
        foreach (var entry in new DirectoryInfo(repository.Root).EnumerateFileSystemInfos().Where(e => e.Name != ".git"))
        {
            if (entry is DirectoryInfo directory && entry.LinkTarget is null)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        var files = new Dictionary<string, string>();
        foreach (var (path, value) in tree.Where(t => !tree.Any(u => Clash(t.Path, u.Path))))
        {
            ByHand(repository, "remove", path, "");
            files[path] = value;
            if (value[0] == 'l')
            {
                Directory.CreateDirectory(Path.GetDirectoryName(repository.At(path))!);
                File.CreateSymbolicLink(repository.At(path), value[1..]);
                continue;
            }

            repository.Write(path, value[1..]);
            File.SetUnixFileMode(repository.At(path), (UnixFileMode)(value[0] == 'x' ? 0x1ed : 0x1a4));
        }

        return files;
    }

    private static bool Clash(string path, string other) => other.StartsWith(path + "/", StringComparison.Ordinal);

    private static void ByHand(TestRepository repository, string deed, string path, string content)
    {
        var at = repository.At(path);
        var above = Path.GetDirectoryName(at)!;
        if (Directory.Exists(at) || File.Exists(above) || (!Directory.Exists(above) && deed == "edit"))
        {
            return;
        }

        if (Directory.Exists(Path.GetDirectoryName(at)))
        {
            File.Delete(at);
        }

        if (deed == "edit")
        {
            repository.Write(path, content);
        }
    }

    private static List<string> Files(TestRepository repository) =>
        [.. Paths(repository).Order(StringComparer.Ordinal).Select(path => new FileInfo(repository.At(path)) switch
        {
            { LinkTarget: { } target } => $"{path} l{target}",
            { UnixFileMode: var mode } => $"{path} {(mode.HasFlag(UnixFileMode.UserExecute) ? 'x' : '-')}{repository.Read(path)}",
        })];

    private static IEnumerable<string> Paths(TestRepository repository) =>
        Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(repository.Root, f)).Where(f => !f.StartsWith(".git/", StringComparison.Ordinal));

    private static HashSet<string> OnDisk(TestRepository repository) => [.. Paths(repository)
        .Where(p => new FileInfo(repository.At(p)).LinkTarget is null)
        .Select(p => GitWriteOpt.ObjectStore.ObjectHash.OfBlob(Operations.Content.Of(File.ReadAllBytes(repository.At(p))),
            GitWriteOpt.ObjectStore.ObjectFormat.Sha1).ToString())];

    private static HashSet<string> Reachable(TestRepository repository) =>
        [.. repository.Git("rev-list", "--all", "--objects").Split('\n').Select(line => line.Split(' ')[0])];

    private static string Shown((string Path, string Value)[] tree, ModelOperation[] operations) =>
        string.Join("; ", tree.Select(t => $"{t.Path}={t.Value}")) + "\n" + string.Join('\n', operations.Select(o => o.ToString())) + "\n";
}

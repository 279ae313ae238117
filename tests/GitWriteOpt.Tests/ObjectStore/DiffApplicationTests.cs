using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.ObjectStore.IndexFixture;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class DiffApplicationTests
{
    [Theory]
    [InlineData("", "--binary")]
    [InlineData("--object-format=sha256", "--binary")]
    [InlineData("", "--binary -M -C --find-copies-harder")]
    [InlineData("", "--binary --no-renames --patience")]
    public void A_diff_of_everything_git_knows_gives_the_tree_that_git_gives(string init, string options)
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["edit.txt"] = "1\n2\n3\n4\n5\n6\n7\n8\n",
            ["move.txt"] = "a long enough file\nto be seen as moved\nby git\n",
            ["swap1"] = "one\none\none\n",
            ["swap2"] = "two\ntwo\ntwo\n",
            ["crlf.txt"] = "a\r\nb\r\nc\r\n",
            ["mixed.txt"] = "a\r\nb\nc\r\nd",
            ["gone.txt"] = "gone\n",
            ["mode.sh"] = "#!/bin/sh\n",
            ["type"] = "a file\n",
            ["ü \"q\"\t.txt"] = "odd\n",
            ["binary"] = "\0\u0001\u0002" + new string('x', 300),
        }, init);
        var from = repository.Git("rev-parse", "HEAD");
        repository.Write("edit.txt", "1\n2\nthree\n4\n5\n6\n7\n8\nnine");
        File.Move(repository.At("move.txt"), repository.At("moved.txt"));
        File.Copy(repository.At("moved.txt"), repository.At("copied.txt"));
        repository.Write("swap1", "two\ntwo\ntwo\n");
        repository.Write("swap2", "one\none\none\n");
        repository.Write("crlf.txt", "a\r\nB\r\nc\r\n");
        repository.Write("mixed.txt", "a\r\nb\nC\r\nd");
        File.Delete(repository.At("gone.txt"));
        File.Delete(repository.At("type"));
        File.CreateSymbolicLink(repository.At("type"), "edit.txt");
        repository.MakeExecutable("mode.sh");
        repository.Write("ü \"q\"\t.txt", "odder\n");
        repository.Write("binary", "\0\u0001\u0003" + new string('x', 300));
        repository.Write("deep/new/file.txt", "new\r\n");
        repository.Write("empty", "");
        var to = repository.Commit("second");
        // Rules that must not touch raw bytes.
        repository.Git("config", "core.autocrlf", "true");
        repository.Git("config", "apply.whitespace", "fix");
        var diff = Raw(repository, ["diff", "--full-index", .. options.Split(' '), from, to]);
        var (before, wanted) = (Tree(repository, from), Tree(repository, to));
        foreach (var made in wanted.Keys.Where(p => !before.ContainsKey(p)).ToList())
        {
            before[made] = null;
        }

        var outcome = new DiffApplication(repository.Layout()).Apply(diff, before, new DiffOptions());

        var after = new Dictionary<RepoPath, BlobState?>(before);
        foreach (var (path, state) in outcome.After)
        {
            Describe(state).ShouldNotBe(Describe(before[path]), $"{path} is not touched");
            after[path] = state;
        }

        foreach (var (path, state) in after)
        {
            Describe(state).ShouldBe(Describe(wanted.GetValueOrDefault(path)), path.Value);
        }

        outcome.Warnings.ShouldBeEmpty();
        PrivateDirectory.Left(repository.Layout()).ShouldBeEmpty();
    }

    [Fact]
    public void A_diff_that_does_not_apply_names_every_path_the_line_and_the_next_step()
    {
        using var repository = Seeded();
        const string Diff = "--- a/a.txt\n+++ b/a.txt\n@@ -2,2 +2,2 @@\n x\n-y\n+z\n"
            + "--- a/none.txt\n+++ b/none.txt\n@@ -1 +1 @@\n-a\n+b\n--- /dev/null\n+++ b/there.txt\n@@ -0,0 +1 @@\n+a\n";

        var refused = Should.Throw<RefusedException>(() => Apply(repository, Diff, ("a.txt", "1\n2\n3\n"), ("there.txt", "t\n")));

        refused.All.Select(e => (e.Code, e.Path, e.Line)).ShouldBe([("patch-does-not-apply", "a.txt", 2),
            ("patch-does-not-apply", "none.txt", null), ("patch-does-not-apply", "there.txt", null)]);
        refused.Error.Suggestion.ShouldNotBeNull().ShouldContain("--3way");
        refused.Error.Category.ShouldBe(ErrorCategory.Conflict);
    }

    [Theory]
    [InlineData("--- a/a.txt\n+++ b/a.txt\n@@ -1,5 +1,5 @@\n 1\n-2\n+z\n", 7)]
    [InlineData("@@ -1 +1 @@\n-1\n+2\n", 1)]
    [InlineData("no diff at all\n", null)]
    [InlineData("diff --git a/a.txt b/a.txt\nold mode 100644\nnew mode x\n", null)]
    public void A_diff_that_cannot_be_read_is_a_usage_error_with_its_line(string diff, int? line)
    {
        using var repository = Seeded();
        var error = Should.Throw<UsageException>(() => Apply(repository, diff, ("a.txt", "1\n2\n"))).Error;
        (error.Code, error.Line).ShouldBe(("corrupt-patch", line));
    }

    [Fact]
    public void A_diff_never_goes_through_a_link_that_it_makes_I5()
    {
        using var repository = Seeded();
        const string Diff = "diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/tmp\n"
            + "\\ No newline at end of file\ndiff --git a/l/x b/l/x\nnew file mode 100644\n--- /dev/null\n+++ b/l/x\n"
            + "@@ -0,0 +1 @@\n+x\n";
        Should.Throw<WriteException>(() => Apply(repository, Diff)).Error.Path.ShouldBe("l/x");
    }

    [Fact]
    public void A_diff_with_LF_changes_a_CRLF_file_which_stays_CRLF_with_a_warning()
    {
        using var repository = Seeded();
        var outcome = Apply(repository, "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,4 @@\n 1\n-2\n+two\n+zwei\n 3\n"
            + "--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-b\n+B\n", ("a.txt", "1\r\n2\r\n3\r\nend"), ("b.txt", "b\n"));
        Text(outcome, "a.txt").ShouldBe("1\r\ntwo\r\nzwei\r\n3\r\nend");
        Text(outcome, "b.txt").ShouldBe("B\n");
        outcome.Warnings.ShouldContain(w => w.Contains("a.txt", StringComparison.Ordinal));
        outcome.Warnings.ShouldNotContain(w => w.Contains("b.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_diff_with_CRLF_changes_a_LF_file_which_stays_LF_and_files_it_makes_keep_theirs()
    {
        using var repository = Seeded();
        const string Body = "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n 1\r\n-2\r\n+two\r\n 3\r\n"
            + "--- a/c.txt\n+++ b/c.txt\n@@ -1 +1 @@\n-c\r\n+C\r\n--- /dev/null\n+++ b/n.txt\n@@ -0,0 +1 @@\n+n\r\n";
        var outcome = Apply(repository, Body, ("a.txt", "1\n2\n3\n"), ("c.txt", "c\r\n"));
        (Text(outcome, "a.txt"), Text(outcome, "c.txt"), Text(outcome, "n.txt")).ShouldBe(("1\ntwo\n3\n", "C\r\n", "n\r\n"));

        var whole = Apply(repository, FoldedUnfold(Body), ("a.txt", "1\n2\n3\n"), ("c.txt", "c\r\n"));
        (Text(whole, "a.txt"), Text(whole, "c.txt"), Text(whole, "n.txt")).ShouldBe(("1\ntwo\n3\n", "C\r\n", "n\n"));
    }

    [Fact]
    public void A_file_of_mixed_line_ends_is_not_guessed_at()
    {
        using var repository = Seeded();
        Should.Throw<RefusedException>(() => Apply(repository, "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n 1\n-2\n+two\n",
            ("a.txt", "1\r\n2\n")));
    }

    [Theory]
    [InlineData(MergeFavor.Refuse, false, "1\nTWO\n3\n4\nFIVE\n6\n7\nEIGHT\n")]
    [InlineData(MergeFavor.Refuse, true, null)]
    [InlineData(MergeFavor.Ours, true, "1\nours\n3\n4\n5\n6\n7\nEIGHT\n")]
    [InlineData(MergeFavor.Theirs, true, "1\nTWO\n3\n4\n5\n6\n7\nEIGHT\n")]
    [InlineData(MergeFavor.Union, true, "1\nours\nTWO\n3\n4\n5\n6\n7\nEIGHT\n")]
    public void A_three_way_application_merges_against_the_preimage_that_the_diff_names(
        MergeFavor favor, bool conflict, string? expected)
    {
        const string Old = "1\n2\n3\n4\n5\n6\n7\n8\n";
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = Old, ["g.txt"] = "g\n" });
        repository.Write("a.txt", Old.Replace("2", "TWO", StringComparison.Ordinal));
        File.Delete(repository.At("g.txt"));
        repository.Write("new.txt", "n\n");
        repository.Git("add", "-N", "new.txt");
        var diff = Raw(repository, ["diff", "--full-index"]);
        repository.Git("reset", "-q", "--hard");
        // A driver that the repository brings must not run (I10).
        repository.Write(".gitattributes", "*.txt merge=evil\n");
        repository.Git("config", "merge.evil.driver", "touch " + repository.Outside("ran"));
        // Without a conflict only the context of the hunk differs.
        var ours = (conflict ? Old.Replace("2", "ours", StringComparison.Ordinal)
            : Old.Replace("5", "FIVE", StringComparison.Ordinal)).Replace("8", "EIGHT", StringComparison.Ordinal);
        var before = new Dictionary<RepoPath, BlobState?>
        {
            [At("a.txt")] = new BlobState(0x81a4, Content.Of(ours)),
            [At("g.txt")] = new BlobState(0x81a4, Content.Of("g\n")),
            [At("new.txt")] = null,
        };
        DiffOutcome Merge() => new DiffApplication(repository.Layout()).Apply(diff, before, new DiffOptions(true, favor));

        if (expected is null)
        {
            var error = Should.Throw<RefusedException>(Merge).Error;
            (error.Code, error.Path).ShouldBe(("merge-conflict", "a.txt"));
        }
        else
        {
            var outcome = Merge();
            Text(outcome, "a.txt").ShouldBe(expected);
            Text(outcome, "new.txt").ShouldBe("n\n");
            outcome.After[At("g.txt")].ShouldBeNull();
        }

        File.Exists(repository.Outside("ran")).ShouldBeFalse();
    }

    [Fact]
    public void Without_the_preimage_a_three_way_application_says_why_the_diff_does_not_apply()
    {
        using var repository = Seeded();
        const string Diff = "diff --git a/a.txt b/a.txt\nindex 1234567..89abcde 100644\n--- a/a.txt\n+++ b/a.txt\n"
            + "@@ -1 +1 @@\n-x\n+y\n";
        Should.Throw<RefusedException>(() => new DiffApplication(repository.Layout()).Apply(
            Encoding.UTF8.GetBytes(Diff),
            new Dictionary<RepoPath, BlobState?> { [At("a.txt")] = new BlobState(0x81a4, Content.Of("z\n")) },
            new DiffOptions(ThreeWay: true))).Error.Path.ShouldBe("a.txt");
    }

    private static string FoldedUnfold(string text) => Encoding.UTF8.GetString(
        FoldedDiff.Unfold(Encoding.UTF8.GetBytes(text)));

    private static DiffOutcome Apply(TestRepository repository, string diff, params (string Path, string Text)[] files) =>
        new DiffApplication(repository.Layout()).Apply(Encoding.UTF8.GetBytes(diff), files.ToDictionary(
            f => At(f.Path), f => (BlobState?)new BlobState(0x81a4, Content.Of(f.Text))), new DiffOptions());

    private static string Text(DiffOutcome outcome, string path) =>
        Encoding.UTF8.GetString(outcome.After[At(path)].ShouldNotBeNull().Content.ToMemory().Span);

    private static string Describe(BlobState? state) => state is null ? "absent"
        : $"{Convert.ToString(state.Mode, 8)} {Convert.ToHexString(state.Content.ToMemory().Span)}";

    private static byte[] Raw(TestRepository repository, IEnumerable<string> arguments) =>
        new GitProcess(repository.Layout()).Run(arguments).Output;

    private static Dictionary<RepoPath, BlobState?> Tree(TestRepository repository, string commit) =>
        repository.Git("ls-tree", "-r", "-z", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => At(line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]), line =>
            {
                var fields = line[..line.IndexOf('\t', StringComparison.Ordinal)].Split(' ');
                return (BlobState?)new BlobState(
                    Convert.ToInt32(fields[0], 8), Content.Of(Raw(repository, ["cat-file", "blob", fields[2]])));
            });
}

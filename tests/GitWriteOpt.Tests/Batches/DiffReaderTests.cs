using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

public sealed class DiffReaderTests
{
    private const string Hunk = "@@ -1 +1 @@\n-a\n+b\n";

    [Theory]
    [InlineData("--- a/f\n+++ b/f\n" + Hunk, "f")]
    [InlineData("--- f\n+++ f\n" + Hunk, "f")]
    [InlineData("--- a/f\t2020-01-01 10:00:00.000000000 +0100\n+++ b/f\t2020-01-01 10:00:00\n" + Hunk, "f")]
    [InlineData("--- old/src/f\n+++ new/src/f\n" + Hunk, "src/f")]
    [InlineData("--- src/f.orig\n+++ src/f\n" + Hunk, "src/f")]
    [InlineData("--- a/f\r\n+++ b/f\r\n" + Hunk, "f")]
    [InlineData("Index: f\n=====\n--- f (x)\n+++ f (x)\n" + Hunk, "f (x)")]
    [InlineData("--- \"a/\\303\\274\"\n+++ \"b/\\303\\274\"\n" + Hunk, "ü")]
    [InlineData("diff --git a/f b/f\nindex 1..2 100644\n--- a/f\n+++ b/f\n" + Hunk, "f")]
    [InlineData("diff --git f f\n--- f\n+++ f\n" + Hunk, "f")]
    [InlineData("diff --git i/x y w/x y\n--- i/x y\t\n+++ w/x y\t\n" + Hunk, "x y")]
    [InlineData("--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@ x\n--- a/g\n+++ b/g\n c\n", "f")]
    public void A_changed_file_is_known_from_its_header_and_given_to_git_with_a_prefix(string diff, string path)
    {
        var patch = One<Operation.Patch>(diff, BatchFormat.Diff);

        var file = patch.Files.ShouldHaveSingleItem();
        (file.Kind, file.OldPath.Value, file.NewPath.Value).ShouldBe((PatchKind.Modify, path, path));
        Touched(patch).ShouldBe([path]);
    }

    [Fact]
    public void What_a_git_diff_does_to_each_file_is_known()
    {
        var patch = One<Operation.Patch>("""
            diff --git a/new b/new
            new file mode 100755
            index 0000000..e69de29
            diff --git a/gone b/gone
            deleted file mode 100644
            --- a/gone
            +++ /dev/null
            @@ -1 +0,0 @@
            -x
            diff --git a/from here b/to there
            similarity index 100%
            rename from from here
            rename to to there
            diff --git a/src b/dst
            similarity index 100%
            copy from src
            copy to dst
            diff --git a/run.sh b/run.sh
            old mode 100644
            new mode 100755

            """);

        patch.Files.Select(f => $"{f.Kind} {f.OldPath} {f.NewPath} {f.Line}").ShouldBe(
            ["Create new new 1", "Delete gone gone 4", "Rename from here to there 10", "Copy src dst 14", "Modify run.sh run.sh 18"]);
    }

    [Fact]
    public void A_bare_diff_with_one_sided_files_follows_its_pairs()
    {
        var bare = One<Operation.Patch>("--- b/f\n+++ b/f\n" + Hunk + "--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+x\n");
        var prefixed = One<Operation.Patch>("--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+x\n");

        bare.Files.Select(f => f.NewPath.Value).ShouldBe(["b/f", "b/new"]);
        Touched(bare).ShouldBe(["b/f", "b/new"]);
        prefixed.Files[0].NewPath.Value.ShouldBe("new");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--no-prefix")]
    [InlineData("--src-prefix=i/ --dst-prefix=w/")]
    [InlineData("-M -C --find-copies-harder")]
    [InlineData("--no-prefix -M")]
    public void Gits_own_diffs_are_read_and_give_the_same_tree(string options)
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["a/x"] = "1\n2\n3\n4\n5\n",
            ["b c/\"ü\".txt"] = "--- a/q\n+++ b/q\n",
            ["gone"] = "x",
            ["mode.sh"] = "#!\n",
            ["crlf"] = "a\r\nb\r\n",
        });
        repository.Write("bin", [0, 1, 2, 255, 254]);
        repository.Commit("binary");
        Directory.CreateDirectory(repository.At("b"));
        repository.Git("mv", "a/x", "b/y");
        repository.Write("b c/\"ü\".txt", "-- a/q\n++ b/q");
        File.Delete(repository.At("gone"));
        repository.Write("empty", "");
        repository.Write("copy", "1\n2\n3\n4\n5\n6\n");
        repository.Write("crlf", "a\r\nc\r\n");
        repository.Write("bin", [0, 1, 2, 3, 255]);
        File.CreateSymbolicLink(repository.At("link"), "/nowhere");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(repository.At("mode.sh"), (UnixFileMode)0b111_101_101);
        }

        repository.Commit("all kinds");
        var diff = TestRepository.RunAny(repository.Root, "git",
            ["diff", "--binary", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "HEAD~", "HEAD"]).Output;

        var patch = One<Operation.Patch>(diff);

        Touched(patch).ShouldBe(patch.Files.Select(f => f.NewPath.Value).Order(StringComparer.Ordinal));
        File.WriteAllBytes(repository.Outside("patch"), patch.Diff.ToArray());
        repository.Git("read-tree", "HEAD~");
        repository.Git("apply", "-p1", "--cached", repository.Outside("patch"));
        repository.Git("write-tree").ShouldBe(repository.Git("rev-parse", "HEAD^{tree}"));
        repository.Git("read-tree", "HEAD");
    }

    [Fact]
    public void A_mailbox_is_a_patch_a_mail_with_the_subject_as_message()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["f"] = "1\n" });
        repository.Write("f", "2\n");
        repository.Commit("Größe ändern, und zwar in einem Betreff, der gefaltet werden muß\n\n--- a/no\n+++ b/no\n");
        repository.Write("f", "3\n");
        repository.Commit("second");

        var batch = Read(repository.Git("format-patch", "--stdout", "HEAD~2") + "\n");

        batch.Message.ShouldBe("Größe ändern, und zwar in einem Betreff, der gefaltet werden muß (and 1 more)");
        batch.Operations.Count.ShouldBe(2);
        batch.Operations.Select(o => ((Operation.Patch)o).Files.Single().NewPath.Value).ShouldBe(["f", "f"]);
        batch.Operations[1].Origin.Ordinal.ShouldBe(1);
    }

    [Theory]
    [InlineData("quoted-printable")]
    [InlineData("base64")]
    public void A_mail_that_is_encoded_for_transfer_is_decoded(string encoding)
    {
        const string head = "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] x\n";
        var body = "text\n---\n f | 2 +-\n\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a = 1 \u00e4\n+" + new string('b', 90) + "\n-- \n2.43\n";
        var bytes = Encoding.UTF8.GetBytes(body);
        var encoded = encoding == "base64"
            ? Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks).Replace("\r", "", StringComparison.Ordinal) + "\n"
            : body.Replace("=", "=3D", StringComparison.Ordinal).Replace("\u00e4", "=C3=A4", StringComparison.Ordinal)
                .Replace("bbbbbbbbbbb", "bbbb=\nbbbbbbb", StringComparison.Ordinal).Replace("-- \n", "--=20\n", StringComparison.Ordinal);

        var batch = Read($"{head}Content-Transfer-Encoding: {encoding}\n\n{encoded}{head}\n{body}");

        batch.Message.ShouldBe("x (and 1 more)");
        batch.Operations.Count.ShouldBe(2);
        ((Operation.Patch)batch.Operations[0]).Diff.ToArray().ShouldBe(((Operation.Patch)batch.Operations[1]).Diff.ToArray());
        batch.Operations[0].Origin.Line.ShouldBe(5);
    }

    [Theory]
    [InlineData("Content-Transfer-Encoding: base64\n\n****\n", "encoded-mail", 4)]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\nx\na=zz\n", "encoded-mail", 5)]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\n--x\n", "multipart-mail", 2)]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n--- a/f\n+++ b/f\n@@ -1,2 +1 @@\n-a\n", "truncated-diff", 4)]
    public void A_damaged_mail_is_an_error_with_its_line(string rest, string code, int line)
    {
        var error = Fault("From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n" + rest);

        (error.Code, error.Line).ShouldBe((code, line));
    }

    [Fact]
    public void A_part_that_changes_nothing_is_left_out_with_a_warning()
    {
        var batch = Read("diff --git a/g b/g\ndiff --git a/f b/f\n--- a/f\n+++ b/f\n" + Hunk);

        batch.Warnings.ShouldHaveSingleItem().ShouldContain("line 1");
        batch.Operations.ShouldHaveSingleItem().ShouldBeOfType<Operation.Patch>().Files.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+b\n", "truncated-diff", 3)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b", "truncated-diff", 5)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1,2000000000 +1 @@\n-a\n+b\n", "truncated-diff", 3)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1,99999999999 +1 @@\n-a\n+b\n", "corrupt-diff", 3)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n-c\n+b\n", "corrupt-diff", 5)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n+c\n", "corrupt-diff", 6)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n\n+c\n", "corrupt-diff", 7)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\nb\n", "corrupt-diff", 5)]
    [InlineData("--- a/f\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n", "diff-names-differ", 1)]
    [InlineData("diff --git a/f b/g\nold mode 100644\nnew mode 100755\n", "corrupt-diff", 1)]
    [InlineData("diff --git a/f b/g\nrename from f\n", "corrupt-diff", 1)]
    [InlineData("diff --git a/f b/f\nnew file mode 100644\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n", "corrupt-diff", 1)]
    [InlineData("diff --git a/f b/f\nindex 1..2\nBinary files a/f and b/f differ\n", "binary-without-data", 3)]
    [InlineData("diff --git a/f b/f\nindex 1..2\nGIT binary patch\nliteral 1\nIcmZ\n", "corrupt-diff", 5)]
    [InlineData("diff --cc f\nindex 1,2..3\n", "combined-diff", 1)]
    [InlineData("@@ -1 +1 @@\n-a\n+b\n", "hunk-without-header", 1)]
    [InlineData("--- a/f\n+++ b/f\n", "empty-diff", 1)]
    public void A_damaged_diff_is_an_error_with_its_line(string diff, string code, int line)
    {
        var error = Fault(diff, BatchFormat.Diff);

        (error.Code, error.Line).ShouldBe((code, line));
    }

    [Theory]
    [InlineData("--- a/../f\n+++ b/../f\n" + Hunk, "unsafe-path")]
    [InlineData("--- a/.git/config\n+++ b/.git/config\n" + Hunk, "unsafe-path")]
    [InlineData("diff --git a/f b/f\nrename from f\nrename to .GIT/x\n", "unsafe-path")]
    [InlineData("diff --git a/s b/s\nindex 1234567..89abcde 160000\n--- a/s\n+++ b/s\n" + Hunk, "submodule")]
    public void A_path_that_may_not_be_written_is_refused_I5(string diff, string code)
    {
        var error = Should.Throw<RefusedException>(() => Read(diff)).Error;

        (error.Code, error.Line).ShouldBe((code, 1));
    }

    private static List<string> Touched(Operation.Patch patch)
    {
        var (exitCode, output, error) = TestRepository.RunAny(HermeticEnvironment.Root, "git",
            ["apply", "-p1", "--numstat", "-z"], Encoding.UTF8.GetString(patch.Diff.Span));
        exitCode.ShouldBe(0, error);
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[2])
            .Order(StringComparer.Ordinal)];
    }
}

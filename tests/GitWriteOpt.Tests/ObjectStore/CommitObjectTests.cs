using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class CommitObjectTests
{
    private static readonly DateTimeOffset When = new(2026, 3, 4, 5, 6, 7, TimeSpan.FromMinutes(-210));

    private static CommitObject Sample(ObjectId tree, string message, params Trailer[] trailers) => new()
    {
        Tree = tree,
        Author = "Zoë Ünal <zoe@example.com>",
        AuthorDate = When,
        Message = message,
        Trailers = trailers,
    };

    [Theory]
    [InlineData("", ObjectFormat.Sha1)]
    [InlineData("--object-format=sha256", ObjectFormat.Sha256)]
    public void Git_shows_the_commit_as_it_was_meant(string init, ObjectFormat format)
    {
        using var repository = Layouts.Repository(init);
        var layout = Layouts.Of(repository, format);
        using var writer = new PackWriter(layout);
        var tree = SparseTree.Write(writer, []);
        var first = writer.AddCommit(Sample(tree, "before").ToBytes());
        var commit = Sample(tree, "Subject\n\nBody: of it\nsecond line", new("Writeopt-Id", "01h"),
            new("Writeopt-Mode", "0600 \"a\\tb\""), new("Writeopt-Mode", "0640 c: d")) with
        { Parents = [first] };
        var id = writer.AddCommit(commit.ToBytes());
        writer.Finish();

        string Show(string format) => repository.Git("log", "-1", "--format=" + format, id.ToString());
        Show("%an <%ae>|%cn <%ce>|%ad|%ct|%T|%P").ShouldBe(
            $"Zoë Ünal <zoe@example.com>|Zoë Ünal <zoe@example.com>|Wed Mar 4 05:06:07 2026 -0330|1|{tree}|{first}");
        Show("%(trailers:only,unfold)").TrimEnd()
            .ShouldBe("Writeopt-Id: 01h\nWriteopt-Mode: 0600 \"a\\tb\"\nWriteopt-Mode: 0640 c: d");

        using var reader = new ObjectReader(layout);
        var read = reader.ReadCommit(id);
        read.Trailers.ShouldBe(commit.Trailers);
        (read.Tree, read.Author, read.AuthorDate, read.Message).ShouldBe((tree, commit.Author, When, commit.Message));
        read.Parents.ShouldBe([first]);
        (read.Subject, read.Trailer("writeopt-id"), read.Trailer("none")).ShouldBe(("Subject", "01h", null));
        reader.ReadCommit(first).Message.ShouldBe("before");
    }

    [Theory]
    [InlineData("", "git-writeopt <>")]
    [InlineData("<only@mail>", "only@mail <only@mail>")]
    [InlineData("A\nB <x@y>\nevil <z>", "AB <x@yevil z>")]
    [InlineData("No Mail", "No Mail <>")]
    [InlineData("Dots. <a@b>", "Dots <a@b>")]
    public void An_identity_becomes_one_that_fsck_accepts(string identity, string expected)
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        var commit = Sample(SparseTree.Write(writer, []), " \n\n\0 \n") with { Author = identity };
        var id = writer.AddCommit(commit.ToBytes());
        writer.Finish();
        repository.Git("fsck", "--strict");
        repository.Git("cat-file", "-p", id.ToString()).ShouldContain($"author {expected} ");
        CommitObject.Parse(commit.ToBytes(), id).Author.ShouldBe(expected);
    }

    [Theory]
    [InlineData("subject\n\nKey: value\nOther-Key: v2\n")]
    [InlineData("subject\n\nKey: value\n  folded\n\tmore\nB: c\n")]
    [InlineData("subject\n\nnot a trailer\nKey: value\n")]
    [InlineData("subject\n\none\ntwo\nKey: value\nSigned-off-by: A <a@b>\n")]
    [InlineData("subject\n\none\ntwo\nthree\nfour\nfive\nsix\nSigned-off-by: A <a@b>\n")]
    [InlineData("Key: value\nB: c\n")]
    [InlineData("subject\n\nKey : value\nB:c\n\n\n")]
    [InlineData("subject\n\nbody\n\nWriteopt-Id: x\n(cherry picked from commit 0123)\n")]
    [InlineData("subject\n\nhttp://example.com\n")]
    [InlineData("subject\n\nspaced key: v\n")]
    [InlineData("subject\n\n : v\nA: b\n")]
    public void Trailers_are_found_as_git_finds_them(string message)
    {
        using var repository = Layouts.Repository();
        var (exitCode, output, _) = TestRepository.RunAny(repository.Root, "git",
            ["interpret-trailers", "--parse", "--no-divider"], message);
        exitCode.ShouldBe(0);
        var ours = TrailerBlock.Split(message).Trailers;
        string.Concat(ours.Select(t => $"{t.Key}: {t.Value}\n")).ShouldBe(output);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    public void A_value_that_would_not_come_back_is_refused(string value) =>
        Should.Throw<RefusedException>(() =>
            Sample(ObjectHash.EmptyTree(ObjectFormat.Sha1), "m", new Trailer("Key", value)).ToBytes())
            .Error.Code.ShouldBe("bad-trailer");

    [Fact]
    public void What_is_not_a_commit_is_called_damaged()
    {
        var id = ObjectHash.EmptyTree(ObjectFormat.Sha1);
        foreach (var text in new[] { "", "tree x\n\n", $"tree {id}\n\nno author" })
        {
            Should.Throw<StoreException>(() => CommitObject.Parse(Encoding.UTF8.GetBytes(text), id))
                .Error.Code.ShouldBe("damaged-object");
        }
    }
}

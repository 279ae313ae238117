using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Attacks;

/// <summary>
/// Refs that somebody pushed, and a user who is lured into using them: nothing outside the worktree, in <c>.git</c> or
/// through a link is ever written (I5), no command breaks, and no other transaction is hidden.
/// </summary>
public sealed class ForgedRefTests
{
    private const string Id = "0123456789abcdef";

    public static TheoryData<string> Forgeries => new(
        "a name with dots", "the parent directory", "git's directory", "git's directory by its short name", "an absolute name",
        "a slash in a name", "a file that is a directory", "a link with a file below", "a submodule", "mode 0",
        "a link with a NUL", "an endless link", "endless depth", "a bomb", "a blob that is a commit", "a missing blob", "no tree",
        "an octal mode that is none", "a mode of git's directory", "quotes without an end", "a rename out of the worktree",
        "not a commit", "an index entry");

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_a_forged_transaction_holds_is_never_written_outside_nor_in_git_I5(string forgery)
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n", ["d/b.txt"] = "b\n" });
        Directory.CreateDirectory(repository.Outside("elsewhere"));
        File.WriteAllText(repository.Outside("x"), "outside\n");
        var good = repository.Applied("""{"op":"write","path":"a.txt","content":"A\n"}""");
        var commit = Forge(repository, forgery);
        foreach (var room in (string[])["tx", "kept", "rescue", "pending", "snap"])
        {
            repository.Git("update-ref", $"refs/writeopt/{room}/{Id}", commit);
        }

        var guarded = Guarded(repository);
        var index = repository.Git("ls-files", "-s");
        using (var writer = Writer.Open(repository.Root))
        {
            writer.LockLimit = TimeSpan.FromSeconds(5);
            foreach (var attempt in (Action[])
            [
                () => writer.Restore(new RestoreRequest { Transaction = Id }),
                () => writer.Restore(new RestoreRequest { Transaction = Id, Before = true }),
                () => writer.Rollback(new RollbackRequest { Transaction = Id, Force = true }),
                () => writer.Redo(Id, Durability.None),
                () => writer.Resume(Id, new ApplyOptions { Force = true }),
                () => writer.RestoreRescue(Id, []),
                () => writer.Files(writer.Find(Id)),
                () => writer.Recover(new RecoverRequest()),
                () => writer.Recover(new RecoverRequest(RecoveryDirection.Forward)),
            ])
            {
                OursAlone(attempt, forgery);
                Guarded(repository).ShouldBe(guarded, forgery);
                repository.Git("ls-files", "-s").ShouldBe(index, "I3");
            }

            writer.Log(new LogQuery(AllWorktrees: true)).Select(t => t.Transaction).ShouldContain(good.Transaction);
            writer.Status().Transactions.ShouldBeGreaterThanOrEqualTo(2);
            writer.Find("@").Kind.ShouldNotBe(TransactionKind.Observed);
            repository.Applied("""{"op":"write","path":"a.txt","content":"still works\n"}""");
        }

        foreach (var arguments in forgery is not ("a bomb" or "not a commit" or "git's directory") ? [] : (string[][])[["show", Id], ["diff", Id], ["log", "--all-worktrees"], ["status"], ["rescue", "list"]])
        {
            var (exitCode, output, error) = EndToEnd.Writeopt.Run(repository, arguments);
            exitCode.ShouldBeInRange(0, 2);
            (output + error).ShouldNotContain("defect");
            Guarded(repository).ShouldBe(guarded);
        }

        // What no git would have taken from a push must not be there when the fixture checks the repository.
        foreach (var name in repository.Git("for-each-ref", "--format=%(refname)", "refs/writeopt").Split('\n'))
        {
            repository.Git("update-ref", "-d", name);
        }

        Directory.Delete(repository.At(".git/objects/pack"), recursive: true);
        repository.Git("prune", "--expire=now");
    }

    [Fact]
    public void A_witness_of_another_worktree_is_not_believed_and_left_alone_I6()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        var applied = repository.Applied("""{"op":"write","path":"a.txt","content":"A\n"}""");
        repository.Git("update-ref", "refs/writeopt/pending/" + applied.Transaction, applied.After!);
        repository.Git("update-ref", "-d", applied.Ref!);
        var witness = repository.At(".git/writeopt/open/" + applied.Transaction);
        var forged = File.ReadAllText(witness).Replace("worktree ", "worktree 0", StringComparison.Ordinal);
        File.WriteAllText(witness, forged);
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Recover(new RecoverRequest(RecoveryDirection.Back));
        outcome.Recovered.ShouldBeEmpty();
        outcome.Warnings.ShouldContain(w => w.Contains("not of this worktree"));
        repository.Read("a.txt").ShouldBe("A\n");
        repository.Applied("""{"op":"write","path":"b.txt","content":"b\n"}""");
        (repository.Read("a.txt"), File.ReadAllText(witness)).ShouldBe(("A\n", forged));
        writer.Status().Pending.ShouldAllBe(p => !p.Mine);
    }

    private static void OursAlone(Action attempt, string forgery)
    {
        try
        {
            attempt();
        }
        catch (WriteException)
        {
            // A refusal in our own words is what is wanted.
        }
        catch (Exception cause) when (cause is not ShouldAssertException)
        {
            throw new InvalidOperationException(forgery, cause);
        }
    }

    // Everything that must stay: what is outside, git's directory but for refs, objects and our own state.
    private static string Guarded(TestRepository repository) => string.Join('\n',
        File.ReadAllText(repository.Outside("x")), File.ReadAllText(repository.At(".git/config")),
        File.ReadAllText(repository.At(".git/HEAD")),
        string.Join(' ', Directory.GetFileSystemEntries(repository.Outside("")).Order()),
        string.Join(' ', Directory.GetFileSystemEntries(repository.Outside("elsewhere"))),
        string.Join(' ', Directory.GetFileSystemEntries(repository.At(".git")).Order()),
        string.Join(' ', Directory.GetFileSystemEntries(repository.At(".git/hooks")).Order()));

    private static string Forge(TestRepository repository, string forgery)
    {
        var blob = Store(repository, "blob", "evil\n"u8);
        var outside = Store(repository, "blob", Encoding.UTF8.GetBytes(repository.Outside("elsewhere")));
        var empty = Store(repository, "tree", []);
        string One(string name) => Tree(repository, ("100644", name, blob));
        var trailers = "";
        var tree = forgery switch
        {
            "a name with dots" => Tree(repository, ("40000", "..", One("x"))),
            "the parent directory" => One(".."),
            "git's directory" => Tree(repository, ("40000", ".git", One("config"))),
            "git's directory by its short name" => Tree(repository, ("40000", "GIT~1", One("config"))),
            "an absolute name" => One("/" + repository.Outside("x")),
            "a slash in a name" => One("../x"),
            "a file that is a directory" => Tree(repository, ("100644", "d", blob), ("40000", "d", One("f"))),
            "a link with a file below" => Tree(repository, ("120000", "d", outside), ("40000", "d", One("f"))),
            "a submodule" => Tree(repository, ("160000", "sub", repository.Git("rev-parse", "HEAD"))),
            "mode 0" => Tree(repository, ("0", "zero", blob)),
            "a link with a NUL" => Tree(repository, ("120000", "l", Store(repository, "blob", "a\0b"u8))),
            "an endless link" => Tree(repository, ("120000", "l", Store(repository, "blob", new byte[100_000]))),
            "endless depth" => Enumerable.Range(0, 3000).Aggregate(One("x"), (t, _) => Tree(repository, ("40000", "dd", t))),
            "a bomb" => Enumerable.Range(0, 12).Aggregate(empty, (t, _) => Tree(repository,
                [.. "abcdefghij".Select(c => ("40000", c.ToString(), t))])),
            "a blob that is a commit" => Tree(repository, ("100644", "a.txt", repository.Git("rev-parse", "HEAD"))),
            "a missing blob" => Tree(repository, ("100644", "a.txt", new string('1', 40))),
            "no tree" => blob,
            _ => One("evil.txt"),
        };
        trailers = forgery switch
        {
            "an octal mode that is none" => "Writeopt-Mode: 99999999999999999999 a.txt\n",
            "a mode of git's directory" => "Writeopt-Mode: 40777 .git/hooks\nWriteopt-Made: .git/evil\n",
            "quotes without an end" => "Writeopt-Mode: 100600 \"a\\q\n",
            "a rename out of the worktree" => "Writeopt-Renamed-From: ../x\nWriteopt-Renamed-To: evil.txt\n",
            "an index entry" => $"Writeopt-Index: 100755 {blob} 100644 {repository.Git("rev-parse", ":a.txt")} 0 a.txt\n",
            _ => "",
        };
        const string people = "author E <e@e> 1 +0000\ncommitter E <e@e> 1 +0000\n";
        var backup = Store(repository, "commit", Encoding.UTF8.GetBytes($"tree {empty}\n{people}\nbefore\n"));
        return forgery == "not a commit" ? blob : Store(repository, "commit", Encoding.UTF8.GetBytes(
            $"tree {tree}\nparent {backup}\n{people}\nForged\n\nWriteopt-Id: {Id}\nWriteopt-Kind: apply\n{trailers}"));
    }

    private static string Tree(TestRepository repository, params (string Mode, string Name, string Id)[] entries)
    {
        using var bytes = new MemoryStream();
        foreach (var (mode, name, id) in entries)
        {
            bytes.Write(Encoding.UTF8.GetBytes($"{mode} {name}\0"));
            bytes.Write(Convert.FromHexString(id));
        }

        return Store(repository, "tree", bytes.ToArray());
    }

    // As git's own loose objects, without git's checks and without starting it thousands of times.
    private static string Store(TestRepository repository, string type, ReadOnlySpan<byte> bytes)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes($"{type} {bytes.Length}\0"), .. bytes];
        var id = Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(whole));
        var path = repository.At($".git/objects/{id[..2]}/{id[2..]}");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new System.IO.Compression.ZLibStream(File.Create(path), System.IO.Compression.CompressionMode.Compress);
            file.Write(whole);
        }

        return id;
    }
}

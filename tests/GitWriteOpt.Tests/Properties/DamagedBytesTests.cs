using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Properties;

/// <summary>
/// What git and we keep on disk, damaged at random: every reader of it answers, or fails with an error of ours.
/// FUZZ_ROUNDS=20000 for a longer search by hand.
/// </summary>
public sealed class DamagedBytesTests
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("FUZZ_ROUNDS") ?? "250");

    [Fact]
    public void An_index()
    {
        using var repository = Repository(out _);
        var layout = Discovery.Find(repository.Root);
        Damage(layout.IndexFile, Rounds, () =>
        {
            var index = IndexReader.Open(layout);
            _ = index.Entries().Count();
            _ = index.Find(RepoPath.Parse("d/b.txt"));
            _ = index.Below(RepoPath.Parse("d")).Count();
        }, own: true);
    }

    [Fact]
    public void Packed_refs_and_loose_ones()
    {
        using var repository = Repository(out var id);
        repository.Git("pack-refs", "--all");
        var layout = Discovery.Find(repository.Root);
        void Look()
        {
            var refs = new RefStore(layout);
            _ = refs.List(RefNames.Transactions);
            _ = refs.Read(RefNames.Transactions + id);
            _ = refs.ReadHead();
        }

        Damage(repository.At(".git/packed-refs"), Rounds, Look);
        repository.Git("update-ref", RefNames.Transactions + id, repository.Git("rev-parse", RefNames.Transactions + id + "^{commit}"));
        Damage(repository.At(".git/HEAD"), Rounds / 5, Look);
    }

    [Theory]
    [InlineData(".pack")]
    [InlineData(".idx")]
    public void A_pack(string extension)
    {
        using var repository = Repository(out var id);
        var layout = Discovery.Find(repository.Root);
        var commit = ObjectId.Parse(repository.Git("rev-parse", RefNames.Transactions + id));
        var file = Directory.GetFiles(repository.At(".git/objects/pack"), "*" + extension).First();
        Damage(file, Rounds / 5, () =>
        {
            using var objects = new ObjectReader(layout);
            _ = objects.Exists(commit);
            _ = new TransactionReader(objects).Read(TransactionId.Parse(id), commit);
        });
    }

    [Fact]
    public void A_witness()
    {
        using var repository = Repository(out var id);
        var state = new LocalState(Discovery.Find(repository.Root));
        Damage(repository.At(".git/writeopt/open/" + id), Rounds, () => _ = Witness.All(state));
    }

    [Fact]
    public void A_configuration()
    {
        using var repository = Repository(out _);
        Damage(repository.At(".git/config"), Rounds, () =>
        {
            var settings = new List<(string, string?)>();
            _ = ConfigSyntax.TryParse(File.ReadAllBytes(repository.At(".git/config")), settings);
        });
    }

    [Fact]
    public void Commits_trees_trailers_authors_deltas_and_quoted_paths()
    {
        var random = new Random(5);
        var id = new ObjectId(new byte[20]);
        byte[][] valid =
        [
            Encoding.UTF8.GetBytes($"tree {id}\nparent {id}\nauthor A <a@b> 1700000000 +0200\ncommitter A <a@b> 1 +0000\n\nsubject\n\n"
                + "Writeopt-Id: 0123456789abcdef\nWriteopt-Mode: 100600 \"a\\303\\244\"\nSigned-off-by: x\n folded\n"),
            [.. "100644 a\0"u8, .. new byte[20], .. "40000 d\0"u8, .. new byte[20]],
            [5, 7, 0x90, 5, 2, 65, 66], "\"a\\303\\244\\t\\\"b\""u8.ToArray(),
            "100644 0000000000000000000000000000000000000000 100755 - 0 \"a b\""u8.ToArray(),
        ];
        for (var round = 0; round < Rounds * 20; round++)
        {
            var bytes = Mutated(valid[round % valid.Length], random);
            var text = Encoding.UTF8.GetString(bytes);
            Ours(bytes, () => _ = CommitObject.Parse(bytes, id));
            Ours(bytes, () => _ = TreeObject.Parse(bytes, id).Select(e => TreeObject.Name(e)).ToList());
            Ours(bytes, () => _ = TrailerBlock.Split(text));
            Ours(bytes, () => _ = AuthorLine.TryParse(text, out _, out _));
            Ours(bytes, () => _ = Delta.Apply("hello"u8, bytes));
            Ours(bytes, () => _ = QuotedPath.TryDecode(text, out _, out _));
            Ours(bytes, () => _ = RecordedEntries.Parse(text));
        }
    }

    private static TestRepository Repository(out string id, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "a\n",
            ["d/b.txt"] = "b\n",
            ["\u00e4"] = "c\n",
        }, "", test);
        id = repository.Applied("""{"operations":[{"op":"write","path":"a.txt","content":"A\n"},{"op":"delete","path":"d/b.txt"}]}""")
            .Transaction!;
        return repository;
    }

    private static void Damage(string file, int rounds, Action look, bool own = false)
    {
        var valid = File.ReadAllBytes(file);
        var random = new Random(valid.Length);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var bytes = Mutated(valid, random);
                if (own && bytes.Length > 8)
                {
                    bytes[7] = 2; // Other versions are git's to read.
                }

                // A new file each time, as git never writes into one: somebody may have the old one mapped.
                File.WriteAllBytes(file + ".new", bytes);
                File.Move(file + ".new", file, overwrite: true);
                Ours(bytes, look);
            }
        }
        finally
        {
            File.WriteAllBytes(file + ".new", valid);
            File.Move(file + ".new", file, overwrite: true);
        }
    }

    private static void Ours(byte[] bytes, Action look)
    {
        try
        {
            look();
        }
        catch (WriteException cause)
        {
            cause.Error.Message.ShouldNotBeEmpty();
        }
        catch (Exception cause) when (cause is not ShouldAssertException)
        {
            throw new InvalidOperationException(Convert.ToBase64String(bytes), cause);
        }
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(list.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < list.Count:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1 when at < list.Count:
                    list[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0;
                    break;
                case 2:
                    list.RemoveRange(at, Math.Min(random.Next(1, 20), list.Count - at));
                    break;
                default:
                    list.InsertRange(at, list.Skip(random.Next(list.Count + 1)).Take(random.Next(20)).ToList());
                    break;
            }
        }

        return [.. list];
    }
}

using System.Security.Cryptography;
using System.Text;
using CsCheck;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class ObjectHashTests
{
    [Fact]
    public void The_managed_sha1_agrees_with_the_platforms_for_any_bytes_in_any_pieces() =>
        Gen.Byte.Array[0, 400].Array[0, 5].Sample(pieces =>
        {
            var managed = new ManagedSha1();
            Span<byte> hash = stackalloc byte[20];
            for (var again = 0; again < 2; again++)
            {
                foreach (var piece in pieces)
                {
                    managed.Append(piece);
                }

                managed.Finish(hash);
                hash.SequenceEqual(SHA1.HashData(pieces.SelectMany(p => p).ToArray())).ShouldBeTrue();
            }
        });

    [Theory]
    [InlineData(ObjectFormat.Sha1, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "4b825dc642cb6eb9a060e54bf8d69288fbee4904")]
    [InlineData(ObjectFormat.Sha256, "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321")]
    public void The_empty_blob_and_the_empty_tree_have_their_well_known_ids(ObjectFormat format, string blob, string tree)
    {
        ObjectHash.OfBlob(Content.Of(""), format).ToString().ShouldBe(blob);
        ObjectHash.EmptyTree(format).ToString().ShouldBe(tree);
    }

    [Fact]
    public void The_id_is_the_same_before_and_after_the_platform_takes_over()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 100_000));
        var ids = Enumerable.Range(0, 20).AsParallel()
            .Select(_ => ObjectHash.Of(ObjectType.Blob, bytes, ObjectFormat.Sha1)).Distinct().ToList();
        ids.ShouldBe([ObjectHash.Of(ObjectType.Blob, bytes, ObjectFormat.Sha1)]);
    }

    [Fact]
    public void A_stream_of_another_length_than_announced_is_an_error()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        Should.Throw<StoreException>(() => ObjectHash.Of(ObjectType.Blob, stream, 4, ObjectFormat.Sha1, "a.bin"))
            .Error.Code.ShouldBe("changed-while-read");
    }
}

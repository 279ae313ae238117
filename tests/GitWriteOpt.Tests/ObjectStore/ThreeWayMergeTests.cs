using System.Text;
using CsCheck;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.ObjectStore.IndexFixture;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class ThreeWayMergeTests
{
    private const string Base = "1\n2\n3\n4\n5\n6\n7\n";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Changes_in_different_places_are_merged_with_the_line_ends_they_have(string eol)
    {
        using var repository = Seeded();
        Merge(repository, Ends("one\n2\n3\n4\n5\n6\n7\n"), Ends(Base), Ends("1\n2\n3\n4\n5\n6\nseven\n"))
            .ShouldBe(Ends("one\n2\n3\n4\n5\n6\nseven\n"));
        string Ends(string text) => text.Replace("\n", eol, StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_line_ends_and_a_missing_final_newline_are_kept_byte_for_byte()
    {
        using var repository = Seeded();
        Merge(repository, "A\r\n2\n3\r\n4\n5\r\n6", "1\r\n2\n3\r\n4\n5\r\n6", "1\r\n2\n3\r\n4\n5\r\nlast")
            .ShouldBe("A\r\n2\n3\r\n4\n5\r\nlast");
    }

    [Theory]
    [InlineData(MergeFavor.Refuse, null)]
    [InlineData(MergeFavor.Ours, "1\nours\n3\n")]
    [InlineData(MergeFavor.Theirs, "1\ntheirs\n3\n")]
    [InlineData(MergeFavor.Union, "1\nours\ntheirs\n3\n")]
    public void A_conflict_is_refused_or_decided_as_asked(MergeFavor favor, string? expected)
    {
        using var repository = Seeded();
        Merge(repository, "1\nours\n3\n", "1\n2\n3\n", "1\ntheirs\n3\n", favor).ShouldBe(expected ?? "conflict 1");
    }

    [Theory]
    [InlineData("x\0", "b", "b", "x\0")]
    [InlineData("b", "b", "y\0", "y\0")]
    [InlineData("z\0", "b", "z\0", "z\0")]
    [InlineData("x\0", "b", "y\0", "conflict 1")]
    public void A_binary_file_is_merged_only_where_one_side_changed_it(string o, string b, string t, string expected)
    {
        using var repository = Seeded();
        Merge(repository, o, b, t).ShouldBe(expected);
    }

    [Fact]
    public void A_side_that_did_not_change_gives_way_without_a_process()
    {
        using var repository = Seeded();
        var layout = repository.Layout();
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 40]).Sample((x, y) =>
        {
            var merge = new ThreeWayMerge(layout);
            var clean = merge.Merge(Content.Of(x), Content.Of(x), Content.Of(y), MergeFavor.Refuse);
            clean.ShouldBeOfType<MergeResult.Clean>().Content.ToMemory().ToArray().ShouldBe(y);
            clean = merge.Merge(Content.Of(y), Content.Of(x), Content.Of(x), MergeFavor.Refuse);
            clean.ShouldBeOfType<MergeResult.Clean>().Content.ToMemory().ToArray().ShouldBe(y);
        });
        Directory.Exists(layout.GitDirectory + "/writeopt").ShouldBeFalse();
    }

    private static string Merge(
        TestRepository repository, string ours, string @base, string theirs, MergeFavor favor = MergeFavor.Refuse) =>
        new ThreeWayMerge(repository.Layout())
            .Merge(Content.Of(ours), Content.Of(@base), Content.Of(theirs), favor) switch
        {
            MergeResult.Clean clean => Encoding.UTF8.GetString(clean.Content.ToMemory().Span),
            MergeResult.Conflict conflict => $"conflict {conflict.Count}",
            _ => "",
        };
}

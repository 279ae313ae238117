using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Tests.Cli;

public sealed class LogGraphTests
{
    [Fact]
    public void What_undid_another_is_tied_to_it_past_what_lies_between() => Draw(("d", "b"), ("c", ""), ("b", ""), ("a", "")).ShouldBe(
        """
        * d
        |-.
        * | c
        |-'
        * b
        * a
        """);

    [Fact]
    public void What_undid_several_touches_each_of_them() => Draw(("d", "c,a"), ("c", ""), ("b", ""), ("a", "")).ShouldBe(
        """
        * d
        |-.
        |-+
        * | c
        * | b
        |-'
        * a
        """);

    [Fact]
    public void Lanes_cross_and_are_used_again() => Draw(("f", "b"), ("e", "c"), ("d", ""), ("c", ""), ("b", "a"), ("a", "")).ShouldBe(
        """
        * f
        |-.
        * | e
        |-|-.
        * | | d
        |-|-'
        * | c
        |-'
        * b
        |-.
        |-'
        * a
        """);

    [Fact]
    public void What_is_not_shown_is_not_tied() => Draw(("b", "older"), ("a", "")).ShouldBe("* b\n* a");

    private static string Draw(params (string Id, string Undid)[] rows) => string.Join('\n', LogGraph.Draw(
        [.. rows.Select(r => new GraphRow(r.Id, '*', r.Undid.Split(',', StringSplitOptions.RemoveEmptyEntries), [new Piece(r.Id)]))])
        .Select(line => string.Concat(line.Select(p => p.Text))));
}

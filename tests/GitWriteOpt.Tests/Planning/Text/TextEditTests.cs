using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning.Text;

namespace GitWriteOpt.Tests.Planning.Text;

public sealed class TextEditTests
{
    [Theory]
    [InlineData("a\r\nb\r\nc\r\n", "a\nb", "a\nx\ny", "a\r\nx\r\ny\r\nc\r\n")] // new lines take the file's line end
    [InlineData("a\r\nb\nc\r\n", "b\n", "x\ny\n", "a\r\nx\ny\nc\r\n")] // untouched ends stay in a mixed file
    [InlineData("a\nb\n", "a\r\nb", "a\r\nc", "a\nc\n")] // CRLF in the batch matches LF in the file
    [InlineData("\uFEFFa\r\n", "a", "b", "\uFEFFb\r\n")] // the byte order mark stays
    [InlineData("abc", "b", "x\r\ny", "ax\r\nyc")] // a file without line ends takes the text's own
    [InlineData("cost: 1\n", "1", "$1 $& $$", "cost: $1 $& $$\n")] // $ is literal
    [InlineData("a\nb", "b", "c", "a\nc")] // no final line end is added
    [InlineData("a\r\nb\r\n", "a\nb\n", "", "")]
    [InlineData("ä\r\nö\r\n", "ö", "ü", "ä\r\nü\r\n")]
    public void A_replacement_keeps_what_it_does_not_touch(string file, string old, string @new, string expected) =>
        Show(TextEdit.Replace(Read(file), [new Replacement(old, @new)])).ShouldBe(expected);

    [Fact]
    public void Replacements_are_taken_in_order_and_all_means_all() =>
        Show(TextEdit.Replace(Read("a a b\n"), [new("a", "b", true), new("b b b", "c")])).ShouldBe("c\n");

    [Fact]
    public void A_text_that_is_there_twice_is_refused_with_its_lines()
    {
        var error = Refused(() => TextEdit.Replace(Read("x\ny\nx\n"), [new("x", "z")]));
        error.Code.ShouldBe("text-ambiguous");
        error.Message.ShouldContain("lines 1, 3");
    }

    [Fact]
    public void Overlapping_occurrences_are_ambiguous() =>
        Refused(() => TextEdit.Replace(Read("aXaXa"), [new("aXa", "z")])).Code.ShouldBe("text-ambiguous");

    [Fact]
    public void A_count_that_is_expected_must_be_met()
    {
        Refused(() => TextEdit.Replace(Read("x x"), [new("x", "z") { ExpectedCount = 3 }])).Code.ShouldBe("text-count");
        Show(TextEdit.Replace(Read("x x"), [new("x", "z") { ExpectedCount = 2 }])).ShouldBe("z z");
    }

    [Fact]
    public void A_text_that_differs_in_white_space_is_refused_with_its_place()
    {
        var error = Refused(() => TextEdit.Replace(Read("one\n    if (a) {\n        b();\n    }\n"), [new("if (a) {\n    b();\n}", "x")]));
        error.Code.ShouldBe("text-not-found");
        error.Message.ShouldContain("line 2");
        error.Message.ShouldContain("white space alone");
    }

    [Fact]
    public void A_text_that_is_nearly_there_is_refused_with_the_nearest_line() =>
        Refused(() => TextEdit.Replace(Read("one\nvar total = Sum(values);\n"), [new("var totals = Sum(value);", "x")]))
            .Message.ShouldContain("line 2: \"var total = Sum(values);\"");

    [Theory]
    [InlineData("a\nb\n", 0, "x\n", "x\na\nb\n")]
    [InlineData("a\nb\n", 1, "x", "a\nx\nb\n")] // what follows is not joined
    [InlineData("a\r\nb\r\n", 1, "x\ny\n", "a\r\nx\r\ny\r\nb\r\n")]
    [InlineData("a\nb", 2, "x\n", "a\nb\nx\n")] // the line end that is needed comes first
    [InlineData("a\r\nb", 2, "x", "a\r\nb\r\nx")]
    [InlineData("a\nb\n", 2, "x", "a\nb\nx\n")] // the final line end is kept
    [InlineData("", 0, "x", "x")]
    [InlineData("\uFEFFa\n", 0, "x\n", "\uFEFFx\na\n")]
    [InlineData("\r\na", 0, "x\n", "x\r\n\r\na")]
    public void An_insertion_makes_whole_lines(string file, int line, string text, string expected) =>
        Show(TextEdit.Insert(Read(file), line, text)).ShouldBe(expected);

    [Fact]
    public void An_insertion_beyond_the_last_line_is_refused_with_the_number_of_lines()
    {
        var error = Refused(() => TextEdit.Insert(Read("a\nb"), 3, "x"));
        error.Code.ShouldBe("line-out-of-range");
        error.Message.ShouldContain("2 lines");
    }

    [Fact]
    public void Binary_content_is_not_text()
    {
        Refused(() => TextFile.Of(Content.Of(new byte[] { 1, 0, 2 }))).Code.ShouldBe("binary-file");
        Refused(() => TextFile.Of(Content.Of(new byte[] { 0xff, 0xfe }))).Code.ShouldBe("binary-file");
    }

    internal static TextFile Read(string text) => TextFile.Of(Content.Of(text));

    internal static string Show(TextFile file) => Encoding.UTF8.GetString(file.Content.ToMemory().Span);

    internal static WriteError Refused(Action action) => Should.Throw<RefusedException>(action).Error;
}

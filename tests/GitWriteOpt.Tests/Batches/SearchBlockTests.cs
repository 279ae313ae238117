using GitWriteOpt.Batches;
using GitWriteOpt.Operations;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

/// <summary>SEARCH/REPLACE blocks: what is read, and what each dialect finds.</summary>
public sealed class SearchBlockTests
{
    [Theory]
    [InlineData("src/a.py\n")]
    [InlineData("src/a.py\n```python\n")]
    [InlineData("Here it is:\n\n**src/a.py**:\n```\n")]
    [InlineData("### `src/a.py`\n```python\n")]
    [InlineData("# src/a.py:\n")]
    [InlineData("```src/a.py\n")]
    [InlineData("src/a.py\n```\n```\n")]
    public void The_name_of_the_file_stands_above_the_block(string head)
    {
        var edit = One<Operation.SearchReplace>(head + "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```\n", BatchFormat.SearchReplace);

        (edit.Path.Value, edit.Dialect).ShouldBe(("src/a.py", SearchDialect.Aider));
        var block = edit.Blocks.ShouldHaveSingleItem();
        (block.Search, block.Replace).ShouldBe(("a\n", "b\n"));
    }

    [Fact]
    public void A_block_without_a_name_belongs_to_the_file_before()
    {
        var batch = Read("a.txt\n<<<<< SEARCH\n1\n=====\n2\n>>>>> REPLACE\n\nand:\n\n<<<<<<<<< SEARCH\n3\n=========\n4\n>>>>>>>>> REPLACE\n"
            + "\nb.txt\n<<<<<<< SEARCH\n=======\nnew\n>>>>>>> REPLACE\n");

        batch.Operations.Select(o => ((Operation.SearchReplace)o).Path.Value).ShouldBe(["a.txt", "b.txt"]);
        ((Operation.SearchReplace)batch.Operations[0]).Blocks.Select(b => b.Line).ShouldBe([2, 10]);
        batch.Operations[1].Origin.ShouldBe(new Origin(1, 17, 1));
    }

    [Theory]
    [InlineData("a\nb\nc\n", "b\n", "x\n", "a\nx\nc\n")] // exact
    [InlineData("if 1:\n    a\n    b\n", "a\nb\n", "x\n\ny\n", "if 1:\n    x\n\n    y\n")] // one shift for all lines
    [InlineData("  a\n    b\n", "    a\n      b\n", "    a\n      c\n", "  a\n    c\n")] // the shift of both parts
    [InlineData("a\nb\nc\n", "\na\nb\n", "x\n", "x\nc\n")] // a spurious blank first line
    [InlineData("a\n1\n2\n3\nz\n", "a\n...\nz\n", "A\n...\nZ\n", "A\n1\n2\n3\nZ\n")] // elision
    [InlineData("a\n", "", "b\n", "a\nb\n")] // a blank search appends
    [InlineData("a\nb", "b\n", "c\n", "a\nc\n")] // the file gets a final line end
    [InlineData("a\r\nb\r\nc\r\n", "b\n", "x\ny\n", "a\r\nx\r\ny\r\nc\r\n")] // line ends are the file's
    public void Aiders_blocks_are_found_in_its_passes(string file, string search, string replace, string result) =>
        new Tree(("f", file)).Apply(Aider(search, replace))["f"].ShouldBe(result);

    [Fact]
    public void Aiders_blank_search_makes_a_file() => new Tree().Apply(Aider("", "x\ny\n"))["f"].ShouldBe("x\ny\n");

    [Theory]
    [InlineData("a\nb\n", "c\n", "x\n", "text-not-found")]
    [InlineData("a\nb\na\n", "a\n", "x\n", "text-ambiguous")]
    [InlineData("  a\n b\n", "a\nb\n", "x\n", "text-not-found")] // no uniform shift
    [InlineData("a\n1\nz\n", "a\n...\nz\n", "A\nZ\n", "unpaired-dots")]
    [InlineData("a\n1\nz\nz\n", "a\n...\nz\n", "A\n...\nZ\n", "text-ambiguous")]
    public void What_no_pass_of_Aiders_finds_once_is_refused(string file, string search, string replace, string code) =>
        new Tree(("f", file)).Refused(Aider(search, replace)).Code.ShouldBe(code);

    [Fact]
    public void A_failure_names_the_block_its_line_and_the_nearest_text()
    {
        var error = new Tree(("f", "one\nthe quick brown fox\n")).Refused(
            "f\n<<<<<<< SEARCH\none\n=======\n1\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nthe quick brown fax\n=======\nx\n>>>>>>> REPLACE\n");

        error.Message.ShouldContain("block 2 at line 7");
        error.Message.ShouldContain("line 2: \"the quick brown fox\"");
        error.Line.ShouldBe(2);
    }

    [Theory]
    [InlineData("a\nb\n", "b\n", "x\n", "a\nx\n")]
    [InlineData("a\n   b  \nc", "b\nc\n", "x\ny\n", "a\nx\ny")] // by trimmed lines; the final line end stays away
    [InlineData("a\nfoo\nc\n", "a\nbar\nc\n", "x\n", "x\n")] // by first and last line of three
    [InlineData("a\nb\n", "", "x\n", "x\n")] // an empty search is the whole file
    public void Clines_blocks_are_found_in_its_passes(string file, string search, string replace, string result) =>
        new Tree(("f", file)).Apply(Call("replace_in_file",
            $"------- SEARCH\n{search}=======\n{replace}+++++++ REPLACE\n"))["f"].ShouldBe(result);

    [Fact]
    public void Clines_blocks_go_on_after_the_one_before()
    {
        var tree = new Tree(("f", "x\ny\nx\n"));
        tree.Apply(Call("replace_in_file",
            "------- SEARCH\ny\n=======\nz\n+++++++ REPLACE\n------- SEARCH\nx\n=======\nlast\n+++++++ REPLACE\n"));

        tree["f"].ShouldBe("x\nz\nlast\n");
        tree.Refused(Call("replace_in_file", "------- SEARCH\nq\n=======\n1\n+++++++ REPLACE\n")).Code.ShouldBe("text-not-found");
    }

    [Theory]
    [InlineData("a\nb\nb\nb\n", ":start_line:4\n-------\nb\n", "x\n", "a\nb\nb\nx\n")] // the place that is named
    [InlineData("a\n\tb   c\n", "-------\nb c\n", "d\n", "a\n\td\n")] // white space; the indentation stays
    [InlineData("say \u201chi\u201d\n", ":start_line:1\n-------\nsay \"hi\"\n", "bye\n", "bye\n")]
    [InlineData("a\nb\n", ":start_line:2\n-------\n2 | b\n", "2 | c\n", "a\nc\n")] // line numbers
    [InlineData("a\n=======\nb\n", ":start_line:2\n-------\n\\=======\n", "\\-------\n", "a\n-------\nb\n")] // escaped markers
    [InlineData("a\r\nb", ":start_line:2\n-------\nb\n", "c\nd\n", "a\r\nc\r\nd")]
    public void Roos_blocks_are_found_by_its_rules(string file, string search, string replace, string result) =>
        new Tree(("f", file)).Apply(Call("apply_diff", $"<<<<<<< SEARCH\n{search}=======\n{replace}>>>>>>> REPLACE"))["f"]
            .ShouldBe(result);

    [Fact]
    public void Roos_start_lines_mean_the_file_before_all_blocks() =>
        new Tree(("f", "a\nb\na\nb\n")).Apply(Call("apply_diff",
            "<<<<<<< SEARCH\n:start_line:3\n-------\na\n=======\n3\n>>>>>>> REPLACE\n"
            + "<<<<<<< SEARCH\n:start_line:1\n-------\na\n=======\n1\n1\n1\n>>>>>>> REPLACE\n"))["f"].ShouldBe("1\n1\n1\nb\n3\nb\n");

    [Fact]
    public void Roos_text_that_is_far_from_its_line_is_not_found()
    {
        var far = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i}\n"));
        new Tree(("f", far)).Refused(Call("apply_diff", "<<<<<<< SEARCH\n:start_line:55\n-------\n3\n=======\nx\n>>>>>>> REPLACE\n"))
            .Message.ShouldContain("within 40 lines of line 55");
    }

    [Theory]
    [InlineData("foo bar foo\n", "bar", "baz", "foo baz foo\n")]
    [InlineData("  a\n    b\nc", "a\n  b", "x\n  y", "  x\n  y\nc")]
    [InlineData("\ta \n", "a\n", "b\n", "\tb\n")]
    public void The_mcp_servers_texts_are_found_by_trimmed_lines_too(string file, string old, string text, string result) =>
        new Tree(("f", file)).Apply(System.Text.Json.JsonSerializer.Serialize(new
        {
            name = "edit_file",
            input = new { path = "f", edits = new[] { new { oldText = old, newText = text } } },
        }))["f"].ShouldBe(result);

    [Theory]
    [InlineData("f\n<<<<<<< SEARCH\na\n", 2, "has no line \"=======\"")]
    [InlineData("f\n<<<<<<< SEARCH\na\n=======\nb\n", 2, "has no line \">>>>>>> REPLACE\"")]
    [InlineData("f\n------- SEARCH\na\n=======\nb\n", 2, "has no line \"+++++++ REPLACE\"")]
    [InlineData("f\n<<<<<<< SEARCH\na\n<<<<<<< SEARCH\nb\n=======\nc\n>>>>>>> REPLACE\n", 4, "starts inside")]
    [InlineData("f\n<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n", 4, "was expected")]
    [InlineData("f\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n>>>>>>> REPLACE\n", 7, "none is open")]
    [InlineData("\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n", 2, "no file name")]
    public void A_malformed_block_is_an_error_with_its_line(string text, int line, string message)
    {
        var error = Fault(text);

        error.Line.ShouldBe(line);
        error.Message.ShouldContain(message);
    }

    private static string Aider(string search, string replace) =>
        $"f\n```\n<<<<<<< SEARCH\n{search}=======\n{replace}>>>>>>> REPLACE\n```\n";

    private static string Call(string name, string diff) =>
        System.Text.Json.JsonSerializer.Serialize(new { name, input = new { path = "f", diff } });
}

using System.Text.Json;
using GitWriteOpt.Operations;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

/// <summary>The language server protocol's WorkspaceEdit.</summary>
public sealed class WorkspaceEditTests
{
    [Theory]
    [InlineData("a\nb\nc\n", 1, 0, 1, 1, "x", "a\nx\nc\n")]
    [InlineData("a\nb\n", 0, 0, 99, 0, "x\n", "x\n")] // a line behind the end is the end
    [InlineData("ab\ncd\n", 0, 1, 0, 99, "x", "ax\ncd\n")] // a column behind the line is its end
    [InlineData("\ud83d\ude00b\n", 0, 2, 0, 3, "x", "\ud83d\ude00x\n")] // UTF-16 code units
    [InlineData("\u00e4\u20acb\n", 0, 2, 0, 3, "x", "\u00e4\u20acx\n")]
    [InlineData("\ufeffab\n", 0, 0, 0, 1, "x", "\ufeffxb\n")] // a byte order mark is no character
    [InlineData("a\r\nb\r\n", 1, 0, 1, 0, "x\n", "a\r\nx\r\nb\r\n")] // line ends are the file's
    [InlineData("a\rb\nc", 1, 0, 1, 1, "x", "a\rx\nc")] // a lone carriage return ends a line
    [InlineData("a\rb\nc", 2, 0, 2, 1, "x", "a\rb\nx")]
    [InlineData("", 0, 0, 0, 0, "x\n", "x\n")]
    [InlineData("a", 0, 1, 0, 1, "\nb", "a\nb")]
    [InlineData("a\n", 1, 0, 1, 0, "b\n", "a\nb\n")]
    public void A_range_is_replaced(string file, int line, int column, int endLine, int endColumn, string text, string result)
    {
        var range = Range(line, column, endLine, endColumn);
        var edit = $$$"""{"range":{{{range}}},"newText":{{{JsonSerializer.Serialize(text)}}} }""";
        new Tree(("f", file)).Apply($$$"""{"changes":{"file:///home/tree/f":[{{{edit}}}]}}""")["f"].ShouldBe(result);
        new Tree(("f", file)).Apply(
            $$"""{"documentChanges":[{"textDocument":{"uri":"file:///home/tree/f","version":3},"edits":[{{edit}}]}]}""")["f"].ShouldBe(result);
    }

    [Theory]
    [InlineData("utf-8", 4, 5)]
    [InlineData("utf-16", 2, 3)]
    [InlineData("utf-32", 1, 2)]
    public void Columns_are_counted_in_the_encoding_that_is_named(string encoding, int start, int end) =>
        new Tree(("f", "\ud83d\ude00b\n")).Apply($$$"""
            {"positionEncoding":"{{{encoding}}}","edit":{"changes":{"f":[{"range":{{{Range(0, start, 0, end)}}},"newText":"x"}]}} }
            """)["f"].ShouldBe("\ud83d\ude00x\n");

    [Fact]
    public void All_ranges_mean_one_state_and_insertions_keep_their_order() =>
        new Tree(("f", "abc\n")).Apply($$$"""
            {"changes":{"f":[
              {"range":{{{Range(0, 2, 0, 3)}}},"newText":"C"},
              {"range":{{{Range(0, 1, 0, 1)}}},"newText":"1"},
              {"range":{{{Range(0, 1, 0, 1)}}},"newText":"2"},
              {"range":{{{Range(0, 0, 0, 1)}}},"newText":"A"}]}}
            """)["f"].ShouldBe("A12bC\n");

    [Fact]
    public void Document_changes_are_taken_in_order()
    {
        var tree = new Tree(("old.txt", "x\n"), ("gone/a", "1"), ("gone/b", "2"));
        tree.Apply($$$"""
            {"label":"Rename","documentChanges":[
              {"kind":"create","uri":"file:///home/tree/new%20file.txt"},
              {"textDocument":{"uri":"file:///home/tree/new%20file.txt","version":null},"edits":[{"range":{{{Range(0, 0, 0, 0)}}},"newText":"hello\n"}]},
              {"kind":"rename","oldUri":"file:///home/tree/old.txt","newUri":"file:///home/tree/sub/now.txt"},
              {"textDocument":{"uri":"file:///home/tree/sub/now.txt","version":1},"edits":[{"range":{{{Range(0, 0, 0, 1)}}},"newText":"y","annotationId":"n"}]},
              {"kind":"delete","uri":"file:///home/tree/gone","options":{"recursive":true}}],
             "changeAnnotations":{"n":{"label":"name","needsConfirmation":true}} }
            """);

        tree.Paths.ShouldBe(["new file.txt", "sub/now.txt"]);
        (tree["new file.txt"], tree["sub/now.txt"]).ShouldBe(("hello\n", "y\n"));
        tree.Warnings.ShouldContain(w => w.Contains("confirmation"));
    }

    [Theory]
    [InlineData("""{"kind":"create","uri":"f"}""", "expectation-failed")]
    [InlineData("""{"kind":"create","uri":"f","options":{"ignoreIfExists":true}}""", "f: x")]
    [InlineData("""{"kind":"create","uri":"f","options":{"ignoreIfExists":true,"overwrite":true}}""", "f: ")]
    [InlineData("""{"kind":"rename","oldUri":"f","newUri":"g"}""", "already-exists")]
    [InlineData("""{"kind":"rename","oldUri":"f","newUri":"g","options":{"ignoreIfExists":true}}""", "f: x")]
    [InlineData("""{"kind":"rename","oldUri":"f","newUri":"g","options":{"overwrite":true,"ignoreIfExists":true}}""", "g: x")]
    [InlineData("""{"kind":"delete","uri":"nothing"}""", "file-not-found")]
    [InlineData("""{"kind":"delete","uri":"nothing","options":{"ignoreIfNotExists":true}}""", "f: x")]
    [InlineData("""{"kind":"delete","uri":"d"}""", "is-a-directory")]
    public void Options_decide_where_something_is_there_already(string change, string result)
    {
        var tree = new Tree(("f", "x"), ("g", "y"), ("d/a", "1"));
        var text = $$"""{"documentChanges":[{{change}}]}""";
        if (!result.Contains(": "))
        {
            tree.Refused(text).Code.ShouldBe(result);
            return;
        }

        tree.Apply(text);
        $"{result[0]}: {tree[result[..1]]}".ShouldBe(result);
    }

    [Fact]
    public void Ranges_that_overlap_are_refused()
    {
        var error = new Tree(("f", "abc\n")).Refused(
            $$$"""{"changes":{"f":[{"range":{{{Range(0, 0, 0, 2)}}},"newText":"x"},{"range":{{{Range(0, 1, 0, 3)}}},"newText":"y"}]}}""");

        error.Code.ShouldBe("overlapping-edits");
    }

    [Fact]
    public void A_column_inside_a_character_is_refused() =>
        new Tree(("f", "\ud83d\ude00\n")).Refused($$$"""{"changes":{"f":[{"range":{{{Range(0, 1, 0, 2)}}},"newText":"x"}]}}""")
            .Code.ShouldBe("position-inside-character");

    [Fact]
    public void It_may_travel_in_a_request_an_answer_or_a_code_action()
    {
        const string edit = """{"changes":{"f":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"newText":"x"}]}}""";
        One<Operation.RangeEdit>("""{"jsonrpc":"2.0","id":1,"method":"workspace/applyEdit","params":{"label":"l","edit":""" + edit + "}}").Path.Value.ShouldBe("f");
        One<Operation.RangeEdit>("""{"jsonrpc":"2.0","id":1,"result":""" + edit + "}").Path.Value.ShouldBe("f");
        One<Operation.RangeEdit>("""{"title":"Fix","kind":"quickfix","edit":""" + edit + "}").Path.Value.ShouldBe("f");
    }

    [Fact]
    public void Both_ways_to_say_the_same_are_taken_once()
    {
        const string edits = """[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"newText":"x"}]""";
        var both = $$$"""{"changes":{"f":{{{edits}}} },"documentChanges":[{"textDocument":{"uri":"f","version":1},"edits":{{{edits}}} }]}""";

        Read(both).Operations.Count.ShouldBe(1);
        var error = Fault(both.Replace("\"x\"}] },\"doc", "\"y\"}] },\"doc"));
        (error.Code, error.Line, error.Column).ShouldBe(("exclusive-fields", 1, 12));
    }

    [Theory]
    [InlineData("""{"documentChanges":[{"textDocument":{"uri":"f"},"edits":[{"range":{"start":{"line":0,"character":0}},"newText":""}]}]}""", "missing-field")]
    [InlineData("""{"documentChanges":[{"textDocument":{"uri":"f"}}]}""", "missing-field")]
    [InlineData("""{"documentChanges":[{"textDocument":{"uri":"f","version":"1"},"edits":[]}]}""", "wrong-type")]
    [InlineData("""{"documentChanges":{}}""", "wrong-type")]
    [InlineData("""{"documentChanges":[7]}""", "wrong-type")]
    [InlineData("""{"changes":[]}""", "wrong-type")]
    [InlineData("""{"changes":{"f":{}}}""", "wrong-type")]
    [InlineData("""{"changes":{"f":[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"newText":""}]}}""", "bad-number")]
    [InlineData("""{"changes":{"https://example.com/f":[]}}""", "unsupported-uri")]
    [InlineData("""{"changes":{"file://host/f":[]}}""", "unsupported-uri")]
    [InlineData("""{"changes":{"file:///home/tree/%zz":[]}}""", "bad-uri")]
    [InlineData("""{"documentChanges":[{"kind":"frob","uri":"f"}]}""", "unknown-operation")]
    [InlineData("""{"positionEncoding":"latin1","changes":{}}""", "unknown-encoding")]
    [InlineData("""{"changes":{"f":[{"snippet":{"kind":"snippet","value":"$0"},"range":{}}]}}""", "unsupported-edit")]
    [InlineData("""{"documentChanges":[{"kind":"create","uri":"f","annotationId":"a"}]}""", "unknown-annotation")]
    [InlineData("""{"documentChanges":[{"kind":"create","uri":"f"}""", "malformed-json")]
    public void A_wrong_edit_is_an_error_with_its_place(string text, string code)
    {
        var error = Fault("\n" + text);

        (error.Code, error.Line).ShouldBe((code, 2));
    }

    private static string Range(int line, int column, int endLine, int endColumn) =>
        $$$"""{"start":{"line":{{{line}}},"character":{{{column}}} },"end":{"line":{{{endLine}}},"character":{{{endColumn}}} }}""";
}

using System.Text.Json;
using GitWriteOpt.Batches;
using GitWriteOpt.Operations;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

/// <summary>The JSON of ast-grep and comby.</summary>
public sealed class RewriteTests
{
    private const string File = "\ufefflet \u00e4 = foo(1);\r\nlet b = foo(2);\r\n";

    [Fact]
    public void Ast_greps_matches_are_replaced_by_their_bytes()
    {
        // Offsets count the byte order mark, the two bytes of the umlaut and carriage returns.
        var one = Match(12, 18, "foo(1)", "bar(1)");
        var two = Match(29, 35, "foo(2)", "bar(\n2)");

        foreach (var text in new[] { $"[{one},{two}]", $"{one}\n{two}\n", $"[\n{two},\n{one},\n{one}]" })
        {
            new Tree(("f", File)).Apply(text)["f"].ShouldBe("\ufefflet \u00e4 = bar(1);\r\nlet b = bar(\r\n2);\r\n");
        }
    }

    [Fact]
    public void Replacement_offsets_win_over_the_range_whose_text_must_be_there()
    {
        var match = Match(0, 3, "abc", "").Replace("\"replacement\"", "\"replacementOffsets\":{\"start\":0,\"end\":4},\"replacement\"");

        new Tree(("f", "abc,d\n")).Apply(match)["f"].ShouldBe("d\n");
        new Tree(("f", "abx,d\n")).Refused(match).Code.ShouldBe("text-differs");
    }

    [Fact]
    public void A_match_that_ends_before_a_line_feed_keeps_the_carriage_return() =>
        new Tree(("f", "// a\r\nb\r\n")).Apply(Match(0, 5, "// a\r", "// c"))["f"].ShouldBe("// c\r\nb\r\n");

    [Fact]
    public void Matches_that_overlap_or_lie_outside_are_refused()
    {
        new Tree(("f", "abc")).Refused($"[{Match(0, 2, "ab", "x")},{Match(1, 3, "bc", "y")}]").Code.ShouldBe("overlapping-edits");
        new Tree(("f", "abc")).Refused(Match(2, 9, "c", "x")).Code.ShouldBe("position-out-of-range");
        new Tree(("f", "\u00e4")).Refused(Match(1, 2, "x", "x")).Code.ShouldBe("position-inside-character");
    }

    [Theory]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":0,"end":1}},"file":"f"}]""", "missing-field")]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":0}},"file":"f","replacement":"b"}]""", "missing-field")]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":2,"end":1}},"file":"f","replacement":"b"}]""", "bad-range")]
    [InlineData("""[{"range":{"byteOffset":{"start":0,"end":1}},"file":"f","replacement":"b"}]""", "missing-field")]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":0,"end":1}},"file":7,"replacement":"b"}]""", "wrong-type")]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":0,"end":1}},"file":"f","replacement":"b"},7]""", "wrong-type")]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":0,"end":1}},"file":"f","replacement":"b"}""", "malformed-json")]
    public void A_wrong_match_is_an_error_with_its_place(string text, string code)
    {
        var error = Fault("\n" + text);

        (error.Code, error.Line).ShouldBe((code, 2));
    }

    [Fact]
    public void Combys_rewritten_source_is_the_files_new_content()
    {
        var line = Comby("""[{"range":{"start":{"offset":0,"line":-1,"column":-1},"end":{"offset":3,"line":-1,"column":-1}},"replacement_content":"bar","environment":[]}]""");
        var tree = new Tree(("f", "foo;\n")).Apply(line + "\n" + """{"uri":"g","matches":[]}""");

        tree["f"].ShouldBe("bar;\n");
        tree.Warnings.ShouldContain(w => w.Contains("only found"));
        new Tree().Refused(line).Code.ShouldBe("expectation-failed");
    }

    [Fact]
    public void Combys_diff_alone_is_a_patch() =>
        One<Operation.Patch>("""{"uri":"src/f","diff":"--- src/f\n+++ src/f\n@@ -1,1 +1,1 @@\n-foo;\n+bar;"}""")
            .Files.ShouldHaveSingleItem().NewPath.Value.ShouldBe("src/f");

    [Theory]
    [InlineData("""{"uri":null,"rewritten_source":"x"}""", "missing-field")]
    [InlineData("""{"uri":"f","rewritten_source":7}""", "wrong-type")]
    [InlineData("""{"rewritten_source":"x"}""", "missing-field")]
    [InlineData("""{"uri":"f","in_place_substitutions":[]}""", "missing-field")]
    [InlineData("""{"uri":"f","rewritten_source":"bar","in_place_substitutions":{}}""", "wrong-type")]
    [InlineData("""{"uri":"f","rewritten_source":"bar;\n","in_place_substitutions":[{"range":{"start":{"offset":1},"end":{"offset":4}},"replacement_content":"bar"}]}""", "inconsistent-rewrite")]
    [InlineData("""{"uri":"f","rewritten_source":"x""", "malformed-json")]
    public void A_wrong_line_of_comby_is_an_error_with_its_place(string text, string code)
    {
        var error = Fault("\n" + text, BatchFormat.Comby);

        (error.Code, error.Line).ShouldBe((code, 2));
    }

    private static string Comby(string substitutions) =>
        $$"""{"uri":"f","rewritten_source":"bar;\n","in_place_substitutions":{{substitutions}},"diff":"--- f\n+++ f\n@@ -1,1 +1,1 @@\n-foo;\n+bar;"}""";

    private static string Match(int start, int end, string text, string replacement) => JsonSerializer.Serialize(new
    {
        text,
        range = new { byteOffset = new { start, end }, start = new { line = 0, column = 0 } },
        file = "f",
        replacement,
        language = "Rust",
    });
}

using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

/// <summary>The fixes of SARIF logs.</summary>
public sealed class SarifTests
{
    private const string File = "one\r\ntwo \ud83d\ude00 2\r\nthree\r\n";

    [Theory]
    [InlineData("""{"startLine":1}""", "X\r\ntwo \ud83d\ude00 2\r\nthree\r\n")] // a line without its end
    [InlineData("""{"startLine":1,"startColumn":2,"endColumn":3}""", "oXe\r\ntwo \ud83d\ude00 2\r\nthree\r\n")] // behind the last
    [InlineData("""{"startLine":2,"startColumn":5,"endColumn":6}""", "one\r\ntwo X 2\r\nthree\r\n")] // code points
    [InlineData("""{"startLine":1,"startColumn":4,"endLine":2,"endColumn":1}""", "oneXtwo \ud83d\ude00 2\r\nthree\r\n")]
    [InlineData("""{"startLine":4,"startColumn":1,"endColumn":1}""", "one\r\ntwo \ud83d\ude00 2\r\nthree\r\nX")]
    [InlineData("""{"charOffset":5,"charLength":3}""", "one\r\nX \ud83d\ude00 2\r\nthree\r\n")] // carriage returns count
    [InlineData("""{"charOffset":9,"charLength":1}""", "one\r\ntwo X 2\r\nthree\r\n")]
    [InlineData("""{"charOffset":0}""", "Xone\r\ntwo \ud83d\ude00 2\r\nthree\r\n")] // an insertion
    [InlineData("""{"byteOffset":9,"byteLength":4}""", "one\r\ntwo X 2\r\nthree\r\n")]
    public void A_region_is_replaced(string region, string result) =>
        new Tree(("src/f", File)).Apply(Log(Replacement(region, "X")))["src/f"].ShouldBe(result);

    [Fact]
    public void Columns_are_utf16_where_the_run_says_so() =>
        new Tree(("src/f", File)).Apply(Log(Replacement("""{"startLine":2,"startColumn":5,"endColumn":7}""", "X"))
            .Replace("\"runs\":[{", "\"runs\":[{\"columnKind\":\"utf16CodeUnits\",", StringComparison.Ordinal))["src/f"]
            .ShouldBe("one\r\ntwo X 2\r\nthree\r\n");

    [Fact]
    public void Fixes_of_several_results_are_one_edit_and_identical_ones_count_once()
    {
        var import = Replacement("""{"startLine":1,"startColumn":1,"endColumn":1}""", "import\n");
        var tree = new Tree(("src/f", "a\nb\n"));
        tree.Apply(Log(import, import, Replacement("""{"startLine":2}""", "B")));

        tree["src/f"].ShouldBe("import\na\nB\n");
        tree.Warnings.ShouldContain(w => w.Contains("more than once"));
    }

    [Fact]
    public void Fixes_that_overlap_are_refused_with_their_lines()
    {
        var error = new Tree(("src/f", "a\nb\n")).Refused(
            Log(Replacement("""{"startLine":1,"endLine":2}""", "x"), Replacement("""{"startLine":2}""", "y")));

        error.Code.ShouldBe("overlapping-edits");
        error.Message.ShouldContain("line 1");
        error.Message.ShouldContain("line 2");
    }

    [Fact]
    public void A_location_is_resolved_through_bases_and_artifacts()
    {
        var tree = new Tree(("src/f", "a\n"), ("lib/g h", "b\n"));
        tree.Apply("""
            {"version":"2.1.0","runs":[{
              "originalUriBaseIds":{"ROOT":{"uri":"file:///home/tree/"},"SRC":{"uri":"src/","uriBaseId":"ROOT"},"%SRCROOT%":{"description":{"text":"d"}}},
              "artifacts":[{"location":{"uri":"lib/g%20h","uriBaseId":"%SRCROOT%"}}],
              "results":[{"message":{"text":"m"},"fixes":[{"artifactChanges":[
                {"artifactLocation":{"uri":"f","uriBaseId":"SRC"},"replacements":[{"deletedRegion":{"startLine":1},"insertedContent":{"text":"A"}}]},
                {"artifactLocation":{"index":0},"replacements":[{"deletedRegion":{"byteOffset":0,"byteLength":1},"insertedContent":{"binary":"Qg=="}}]}]}]},
                {"message":{"text":"no fix"}}]}]}
            """);

        (tree["src/f"], tree["lib/g h"]).ShouldBe(("A\n", "B\n"));
    }

    [Fact]
    public void Of_alternative_fixes_the_first_is_taken_and_settled_results_are_left_out()
    {
        static string Fix(string text) => $$$"""{"artifactChanges":[{"artifactLocation":{"uri":"f"},"replacements":[{"deletedRegion":{"startLine":1},"insertedContent":{"text":"{{{text}}}"}}]}]}""";
        var tree = new Tree(("f", "a\n"));
        tree.Apply($$"""
            {"version":"2.1.0","runs":[{"results":[
              {"fixes":[{{Fix("1")}},{{Fix("2")}}]},
              {"baselineState":"absent","fixes":[{{Fix("3")}}]},
              {"suppressions":[{"kind":"inSource"}],"fixes":[{{Fix("4")}}]}]}]}
            """);

        tree["f"].ShouldBe("1\n");
        tree.Warnings.Count(w => w.Contains("left out") || w.Contains("the first was taken")).ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"startLine":9}""")]
    [InlineData("""{"startLine":1,"startColumn":9,"endColumn":10}""")]
    [InlineData("""{"charOffset":99}""")]
    [InlineData("""{"byteOffset":99}""")]
    public void A_region_outside_the_file_is_refused(string region) =>
        new Tree(("src/f", "a\n")).Refused(Log(Replacement(region, "X"))).Code.ShouldBe("position-out-of-range");

    [Theory]
    [InlineData("""{}""", "missing-field")]
    [InlineData("""{"startLine":0}""", "bad-number")]
    [InlineData("""{"startLine":"1"}""", "wrong-type")]
    [InlineData("""{"startLine":2,"endLine":1}""", "bad-region")]
    [InlineData("""{"startLine":1,"startColumn":3,"endColumn":2}""", "bad-region")]
    public void A_wrong_region_is_an_error_with_its_place(string region, string code)
    {
        var error = Fault("\n" + Log(Replacement(region, "X")));

        (error.Code, error.Line).ShouldBe((code, 2));
    }

    [Theory]
    [InlineData("""{"version":"1.0.0","runs":[]}""", "unsupported-version")]
    [InlineData("""{"runs":{}}""", "wrong-type")]
    [InlineData("""{"runs":[{"columnKind":"bytes","results":[]}]}""", "unknown-encoding")]
    [InlineData("""{"runs":[{"results":[{"fixes":[{}]}]}]}""", "missing-field")]
    [InlineData("""{"runs":[{"results":[{"fixes":[{"artifactChanges":[{"artifactLocation":{"index":3},"replacements":[]}]}]}]}]}""", "missing-artifact")]
    [InlineData("""{"runs":[{"results":[{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"f"},"replacements":[{"deletedRegion":{"startLine":1},"insertedContent":{"text":"a","binary":"Qg=="}}]}]}]}]}]}""", "exclusive-fields")]
    [InlineData("""{"runs":[{"results":[{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"f"},"replacements":[{"deletedRegion":{"startLine":1},"insertedContent":{"binary":"%"}}]}]}]}]}]}""", "bad-base64")]
    [InlineData("""{"runs":[{"originalUriBaseIds":{"A":{"uri":"a/","uriBaseId":"A"}},"results":[{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"f","uriBaseId":"A"},"replacements":[]}]}]}]}]}""", "circular-base")]
    [InlineData("""{"runs":[{"results":[""", "malformed-json")]
    public void A_wrong_log_is_an_error_with_its_place(string text, string code)
    {
        var error = Fault("\n" + text);

        (error.Code, error.Line).ShouldBe((code, 2));
    }

    private static string Replacement(string region, string text) =>
        $$$"""{"deletedRegion":{{{region}}},"insertedContent":{"text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}} }}""";

    private static string Log(params string[] replacements) => """{"version":"2.1.0","runs":[{"results":["""
        + string.Join(',', replacements.Select(r =>
            $$"""{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"src/f"},"replacements":[{{r}}]}]}]}""")) + "]}]}";
}

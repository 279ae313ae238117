using System.Text.Json;

namespace GitWriteOpt.Tests.Batches;

/// <summary>Edits of notebook cells: all that is not the cell stays byte for byte.</summary>
public sealed class NotebookTests
{
    private const string Indented = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {},
           "source": [
            "# Title"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "code1",
           "metadata": {"tags": ["x"]},
           "outputs": [
            {"name": "stdout", "text": ["1\n"]}
           ],
           "source": [
            "print(1)\n",
            "x"
           ]
          }
         ],
         "metadata": {},
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private const string Compact =
        """{"cells":[{"cell_type":"code","source":"a","metadata":{},"outputs":[],"execution_count":1}],"nbformat":4,"nbformat_minor":2}""";

    [Theory]
    [InlineData("code1")]
    [InlineData("cell-1")]
    public void A_replaced_cell_keeps_its_form_and_loses_its_outputs(string cell) =>
        Edited(Indented, new { notebook_path = "/home/tree/n.ipynb", cell_id = cell, new_source = "é = \"1\"\n\ny\t\\" }).ShouldBe(Indented
            .Replace("\"execution_count\": 3", "\"execution_count\": null")
            .Replace("[\n    {\"name\": \"stdout\", \"text\": [\"1\\n\"]}\n   ]", "[]")
            .Replace("    \"print(1)\\n\",\n    \"x\"\n", "    \"é = \\\"1\\\"\\n\",\n    \"\\n\",\n    \"y\\t\\\\\"\n"));

    [Fact]
    public void A_cell_is_named_by_number_in_older_calls_and_line_ends_stay() =>
        Edited(Indented.Replace("\n", "\r\n"), new { notebook_path = "n.ipynb", cell_number = 0, new_source = "a\nb" })
            .ShouldBe(Indented.Replace("    \"# Title\"\n", "    \"a\\n\",\n    \"b\"\n").Replace("\n", "\r\n"));

    [Fact]
    public void A_source_that_is_a_string_stays_one() =>
        Edited(Compact, new { notebook_path = "n.ipynb", cell_id = "cell-0", new_source = "b\nc" })
            .ShouldBe(Compact.Replace("\"a\"", "\"b\\nc\"").Replace("\"execution_count\":1", "\"execution_count\":null"));

    [Fact]
    public void A_new_cell_stands_after_the_one_that_is_named_and_is_valid()
    {
        var after = Edited(Indented, new { notebook_path = "n.ipynb", cell_id = "intro", cell_type = "code", edit_mode = "insert", new_source = "new" });

        var cells = JsonDocument.Parse(after).RootElement.GetProperty("cells");
        cells.EnumerateArray().Select(c => c.GetProperty("cell_type").GetString()).ShouldBe(["markdown", "code", "code"]);
        var made = cells[1];
        made.EnumerateObject().Select(p => p.Name).ShouldBe(["cell_type", "execution_count", "id", "metadata", "outputs", "source"]);
        after.Replace(made.GetProperty("id").GetString()!, "ID").ShouldBe(Indented.Replace("""
              },
              {
               "cell_type": "code",
            """, """
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "ID",
               "metadata": {},
               "outputs": [],
               "source": [
                "new"
               ]
              },
              {
               "cell_type": "code",
            """));
    }

    [Fact]
    public void Without_a_cell_it_is_the_first_and_older_formats_have_no_ids() =>
        Edited(Compact, new { notebook_path = "n.ipynb", cell_type = "markdown", edit_mode = "insert", new_source = "# T" })
            .ShouldBe(Compact.Replace("[{\"cell", "[{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"# T\"},{\"cell"));

    [Fact]
    public void Cells_are_deleted_with_their_commas()
    {
        var first = Edited(Indented, new { notebook_path = "n.ipynb", cell_id = "intro", edit_mode = "delete", new_source = "" });
        var last = Edited(Indented, new { notebook_path = "n.ipynb", cell_id = "code1", edit_mode = "delete", new_source = "" });

        JsonDocument.Parse(first).RootElement.GetProperty("cells")[0].GetProperty("id").GetString().ShouldBe("code1");
        first.ShouldStartWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"code\"");
        JsonDocument.Parse(last).RootElement.GetProperty("cells").GetArrayLength().ShouldBe(1);
        last.ShouldContain("  }\n ],\n \"metadata\"");
        Edited(Compact, new { notebook_path = "n.ipynb", cell_id = "cell-0", edit_mode = "delete", new_source = "" })
            .ShouldBe("""{"cells":[],"nbformat":4,"nbformat_minor":2}""");
    }

    [Fact]
    public void A_cell_of_another_type_gets_what_its_type_needs()
    {
        var markdown = Edited(Indented, new { notebook_path = "n.ipynb", cell_id = "code1", cell_type = "markdown", new_source = "t" });
        var code = Edited(Indented, new { notebook_path = "n.ipynb", cell_id = "intro", cell_type = "code", new_source = "t" });

        JsonDocument.Parse(markdown).RootElement.GetProperty("cells")[1].EnumerateObject().Select(p => p.Name)
            .ShouldBe(["cell_type", "id", "metadata", "source"]);
        JsonDocument.Parse(code).RootElement.GetProperty("cells")[0].EnumerateObject().Select(p => p.Name)
            .ShouldBe(["cell_type", "execution_count", "id", "metadata", "outputs", "source"]);
        markdown.ShouldContain("\"metadata\": {\"tags\": [\"x\"]}");
    }

    [Fact]
    public void An_empty_notebook_gets_its_first_cell() =>
        Edited("{\n \"cells\": [],\n \"nbformat\": 4\n}\n", new { notebook_path = "n.ipynb", cell_type = "markdown", edit_mode = "insert", new_source = "x" })
            .ShouldBe("{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"metadata\": {},\n   \"source\": [\n    \"x\"\n   ]\n  }\n ],\n \"nbformat\": 4\n}\n");

    [Fact]
    public void VS_Codes_tool_is_read_too()
    {
        var tree = new Tree(("n.ipynb", Compact));
        tree.Apply(JsonSerializer.Serialize(new
        {
            name = "edit_notebook_file",
            input = new { filePath = "n.ipynb", editType = "insert", cellId = "BOTTOM", language = "python", newCode = new[] { "a", "b" } },
        }));

        var cells = JsonDocument.Parse(tree["n.ipynb"]).RootElement.GetProperty("cells");
        (cells.GetArrayLength(), cells[1].GetProperty("source").GetString()).ShouldBe((2, "a\nb"));
    }

    [Theory]
    [InlineData(Indented, "nope", "cell-not-found", "intro, code1")]
    [InlineData(Indented, "cell-7", "cell-not-found", "2 cells")]
    [InlineData("{\"worksheets\":[]}", "cell-0", "malformed-notebook", "cells")]
    [InlineData("{\"cells\":[", "cell-0", "malformed-notebook", "JSON")]
    public void A_cell_or_notebook_that_is_not_there_is_refused(string notebook, string cell, string code, string message)
    {
        var error = new Tree(("n.ipynb", notebook)).Refused(Call(new { notebook_path = "n.ipynb", cell_id = cell, new_source = "x" }));

        error.Code.ShouldBe(code);
        error.Message.ShouldContain(message);
    }

    private static string Edited(string notebook, object input) => new Tree(("n.ipynb", notebook)).Apply(Call(input))["n.ipynb"];

    private static string Call(object input) => JsonSerializer.Serialize(new { name = "NotebookEdit", input });
}

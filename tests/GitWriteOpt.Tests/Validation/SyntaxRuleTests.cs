using System.Text;

namespace GitWriteOpt.Tests.Validation;

/// <summary>Rules of syntax, each over good and bad contents.</summary>
public sealed class SyntaxRuleTests
{
    [Theory]
    [InlineData("json-syntax", "a.json", "{\"a\": [1, 2.5e3, null, \"x\"]}\n")]
    [InlineData("json-syntax", "a.json", "\ufeff{}")]
    [InlineData("json-syntax", "tsconfig.base.json", "{\n  // why\n  \"a\": [1,],\n}\n")]
    [InlineData("json-syntax", "x/.vscode/settings.json", "/* a */ {\"a\": 1,}")]
    [InlineData("json-syntax", ".eslintrc", "rules:\n  a: off\n")]
    [InlineData("json-syntax", "renovate.json5", "{a: 'b'}")]
    [InlineData("json-syntax", "a.jsonc", "")]
    [InlineData("json-syntax", "cookie/package.json", "{ {% if x %}\"a\": 1{% endif %} }")]
    [InlineData("ndjson-syntax", "a.ndjson", "{}\r\n\n[1]\n\"x\"")]
    [InlineData("notebook", "a.ipynb", "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[{\"cell_type\":\"code\",\"source\":[\"a\"],\"metadata\":{},\"outputs\":[],\"execution_count\":null}]}")]
    [InlineData("yaml-syntax", "a.yml", "---\na: &x {b: [1, 2]}\nc: *x\n---\n- !tag d\n- |\n  text: [\n")]
    [InlineData("yaml-syntax", ".github/workflows/a.yaml", "on: push\njobs:\n  a:\n    if: ${{ github.ref == 'x' }}\n")]
    [InlineData("yaml-syntax", "charts/a/templates/b.yaml", "{{- if .Values.x }}\na: {{ .Values.y }}\n{{- end }}\n")]
    [InlineData("yaml-syntax", "a.yml", "")]
    [InlineData("toml-syntax", "a.toml", "[a]\nb = [1, 2,]\nc = {d = \"e\"}\n[[f]]\ng = 1979-05-27T07:32:00Z\n")]
    [InlineData("toml-syntax", "Cargo.lock", "version = 3\n[[package]]\nname = \"a\"\n")]
    [InlineData("xml-syntax", "a.csproj", "<Project Sdk=\"x\">\n  <!-- a -->\n</Project>\n")]
    [InlineData("xml-syntax", "a.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\" [<!ENTITY b \"c\">]>\n<a x=\"&q;\">&b;&nbsp;</a>")]
    [InlineData("xml-syntax", "a.xml", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a/>")]
    [InlineData("xml-syntax", "kernel.config", "CONFIG_A=y\n")]
    [InlineData("ini-syntax", "a.ini", "; a\n[b]\nc = d\nbare\n")]
    [InlineData("ini-syntax", ".editorconfig", "root = true\n[*.{cs,fs}]\nindent_size: 4\n# a\n")]
    [InlineData("ini-syntax", ".gitmodules", "[submodule \"a\"]\n\tpath = a\n\turl = ../a\n")]
    [InlineData("dockerfile-syntax", "Dockerfile", "# syntax=docker/dockerfile:1\nARG A=1\nFROM x:$A AS y\nRUN a && \\\n  # why\n\n  b\nCOPY <<EOF /x\nfoo bar\nEOF\nCMD [\"a\"]\n")]
    [InlineData("dockerfile-syntax", "Dockerfile.windows", "# escape=`\nFROM x\nRUN a `\n  b\nRUN dir c:\\\nUSER x\n")]
    [InlineData("diff-syntax", "a.patch", "From x\n\n--- a/b\n+++ b/b\n@@ -1,2 +1 @@ f\n a\n-b\n@@ -9 +8 @@\n-c\n+d\n\\ No newline at end of file\n-- \n2.1\n")]
    [InlineData("diff-syntax", "a.diff", "*** a\n--- b\n***************\n*** 1 ****\n! a\n--- 1 ----\n! b\n")]
    [InlineData("duplicate-key", "a.json", "{\"a\":{\"b\":1},\"b\":{\"a\":2}}")]
    [InlineData("yaml-syntax", "a.yml", "a: {b: 1, c: {b: 2}}\nb: [a, a]\nc:\n  <<: *x\n  <<: *y\n---\na: 1\n")]
    [InlineData("csharp-syntax", "a.cs", "#if A\nclass A\n#else\nclass B\n#endif\n{ string s = $\"{{x}}\"; }\n")]
    [InlineData("csharp-syntax", "a.cs", "#:package X@1\nConsole.WriteLine(args is [1, ..]);\n")]
    [InlineData("csharp-syntax", "a.csx", "#r \"a.dll\"\n#load \"b.csx\"\n1 + 1\n")]
    [InlineData("gitignore-pattern", ".gitignore", "# a\nbin/\n!/x\n*.[oa]\n\\#b\nc\\ \n[[:space:]]\n")]
    [InlineData("gitattributes-line", ".gitattributes", "* text=auto\n*.cs text eol=crlf diff=csharp -merge !filter\n\"a b\" binary\n[attr]x -y\n")]
    public void What_is_right_is_not_found(string rule, string path, string text) => Looking.At(rule, path, text).ShouldBeEmpty();

    [Theory]
    [InlineData("json-syntax", "a.json", "{\n  \"a\": }\n", 2, 8)]
    [InlineData("json-syntax", "package.json", "{\"a\": 1,}\n", 1, 9)]
    [InlineData("json-syntax", "tsconfig.json", "{ // a\n \"ä\" 1}", 2, 7)]
    [InlineData("json-syntax", "locale/de.json", "{\"a\": \"{{b}}\" \"c\"}", 1, 15)]
    [InlineData("ndjson-syntax", "a.jsonl", "{}\n{\"a\":}\n", 2, 6)]
    [InlineData("notebook", "a.ipynb", "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[{\"cell_type\":\"kode\"}]}", null, null)]
    [InlineData("notebook", "a.ipynb", "{\"cells\":[]}", null, null)]
    [InlineData("yaml-syntax", "a.yml", "a:\n  - b\n c: d\n", 3, 2)]
    [InlineData("yaml-syntax", "a.yaml", "a: [1, 2\n", null, null)]
    [InlineData("yaml-syntax", "a.yaml", "a: [1\nb: 2", 2, 1)]
    [InlineData("toml-syntax", "a.toml", "[a]\nb = \n", 2, null)]
    [InlineData("toml-syntax", "a.toml", "a = 1\na = 2\n", 2, null)]
    [InlineData("xml-syntax", "a.props", "<a>\n  <b>\n</a>\n", 3, 3)]
    [InlineData("xml-syntax", "a.svg", "<svg><a b=c/></svg>", 1, 11)]
    [InlineData("ini-syntax", "a.ini", "[a]\n  [b\n", 2, 3)]
    [InlineData("ini-syntax", ".editorconfig", "[*]\nindent_size 4\n", 2, 1)]
    [InlineData("ini-syntax", ".gitmodules", "[submodule \"a]\n", null, null)]
    [InlineData("dockerfile-syntax", "Dockerfile", "FROM x\nRUM y\n", 2, 1)]
    [InlineData("dockerfile-syntax", "a.dockerfile", "RUN x\n", 1, 1)]
    [InlineData("dockerfile-syntax", "Dockerfile", "FROM\n", 1, 1)]
    [InlineData("diff-syntax", "a.patch", "--- a/b\n+++ b/b\n@@ -1,3 +1 @@\n a\n-b\n", 6, 1)]
    [InlineData("diff-syntax", "a.diff", "--- a/b\n+++ b/b\n@@ -1 +1 @@\n-b\nfoo\n", 5, 1)]
    [InlineData("duplicate-key", "a.json", "{\"a\": 1,\n \"a\": 2}", 2, 2)]
    [InlineData("csharp-syntax", "a.cs", "class Ä { void M( { } }\n", 1, 20)]
    [InlineData("gitignore-pattern", ".gitignore", "a\nb\\\n", 2, 1)]
    [InlineData("gitignore-pattern", "x/.gitignore", "./a\n", 1, 1)]
    [InlineData("gitignore-pattern", ".gitignore", "*.log # logs\n", 1, 1)]
    [InlineData("gitignore-pattern", ".gitignore", "a[b\n", 1, 1)]
    [InlineData("gitattributes-line", ".gitattributes", "!a text\n", 1, 1)]
    [InlineData("gitattributes-line", ".gitattributes", "*.cs eol=CRLF\n", 1, 1)]
    [InlineData("gitattributes-line", "x/.gitattributes", "[attr]a b\n", 1, 1)]
    public void What_is_wrong_is_found_where_it_is(string rule, string path, string text, int? line, int? column)
    {
        var found = Looking.At(rule, path, text).ShouldHaveSingleItem();
        found.Unsure.ShouldBeFalse(found.Message);
        (line is null || found.Line == line).ShouldBeTrue($"line {found.Line}: {found.Message}");
        (column is null || found.Column == column).ShouldBeTrue($"column {found.Column}: {found.Message}");
    }

    [Theory]
    [InlineData("json-syntax", "a.json", "{\"a\": 1, /* b */}")]
    [InlineData("json-syntax", "a.json", " \n")]
    [InlineData("json-syntax", "src/testdata/a.json", "{")]
    [InlineData("yaml-syntax", "test/fixtures/a.yml", "a: [")]
    [InlineData("yaml-syntax", "a.yml", "x:\n  ü: {b: 1, b: 2}\n")]
    [InlineData("xml-syntax", "My.Tests/a.xml", "<a>")]
    public void What_may_be_meant_so_is_a_warning(string rule, string path, string text) =>
        Looking.At(rule, path, text).ShouldHaveSingleItem().Unsure.ShouldBeTrue();

    [Fact]
    public void XML_in_UTF_16_is_read() =>
        Looking.At("xml-syntax", "a.xml", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>ä</a>")])
            .ShouldBeEmpty();
}

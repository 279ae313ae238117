namespace GitWriteOpt.Tests.Dependencies;

/// <summary>Python.</summary>
public sealed class PythonTests
{
    [Theory]
    [InlineData("import a.b as c, d", "a.b d")]
    [InlineData("from a import b, c as d", "a a:b a:c")]
    [InlineData("from . import (\n  b, # no\n  c,\n)", ". .:b .:c")]
    [InlineData("from ..a.b import *", "..a.b")]
    [InlineData("x = 1; import a", "a")]
    [InlineData("def f():\n    import a", "a")]
    [InlineData("import a, \\\n  b", "a b")]
    [InlineData("try:\n    import a\nexcept ImportError:\n    import b\nimport c", "a? b? c")]
    public void Every_kind_of_import_is_read(string text, string expected) => Scan.Of("x.py", text).ShouldBe(expected);

    [Theory]
    [InlineData("# import a")]
    [InlineData("'''\nimport a\n'''\n\"\"\"\nfrom a import b\n\"\"\"")]
    [InlineData("x.import_(a)\ny = 'import a'")]
    [InlineData("raise E from e\nyield from a")]
    public void Comments_strings_and_other_words_are_no_imports(string text) => Scan.Of("x.py", text + "\n# import").ShouldBe("");

    [Fact]
    public void Relative_names_are_resolved_from_the_files_package() =>
        Scan.Resolved(("p/q/a.py", "from . import b\nfrom .b import x\nfrom .. import c\nfrom ..c import y\nfrom .gone import z"),
            ("p/__init__.py", ""), ("p/q/__init__.py", ""), ("p/q/b.py", ""), ("p/c.py", ""))
            .ShouldBe("p/q/__init__.py p/q/b.py p/q/b.py - p/__init__.py p/c.py p/c.py - !p/q/gone.py -");

    [Fact]
    public void Absolute_names_are_looked_for_from_the_top_of_the_package_from_src_and_from_the_root() =>
        Scan.Resolved(("src/p/a.py", "import p.b\nimport tools.x\nimport requests\nimport p.gone"), ("src/p/__init__.py", ""),
            ("src/p/b.py", ""), ("tools/x.py", "")).ShouldBe("src/p/b.py tools/x.py @requests !src/p/gone.py");
}

using System.Text;
using GitWriteOpt.Dependencies;

namespace GitWriteOpt.Tests.Dependencies;

/// <summary>Go, Rust, Java, C#, C, styles, markup, schemas and projects: what is read, what not, and what it means.</summary>
public sealed class OtherLanguageTests
{
    [Theory]
    [InlineData("a.go", "package p\nimport \"a/b\"\nimport (\n x \"c\" // no\n . `d`\n)\nfunc f() { s := \"import\" }", "a/b c d")]
    [InlineData("a.rs", "mod a;\npub(crate) mod b;\n#[cfg(unix)] mod c;\nmod d { mod e; }\nmod f {}\nmod r#move;", "a b c? d/e move")]
    [InlineData("a.rs", "use a::b::{self, c as d, e::{f, g}};\nuse h::*;", "a::b::self a::b::c a::b::e::f a::b::e::g h")]
    [InlineData("a.rs", "#[path = \"x/y.rs\"]\nmod z;\nfn f<'a>(c: char) { let s = r#\"mod no; \"#; '\\'' }\nmod q;", "x/y.rs q")]
    [InlineData("a.rs", "/* /* mod a; */ mod b; */ // use c;\nlet s = \"\nmod d;\";", "")]
    [InlineData("A.java", "package p;\nimport a.B;\nimport static a.C.d;\nimport a.e.*;\n// import no.No;\nclass A { String s = \"import x.Y;\"; }", "a.B a.C.d a.e")]
    [InlineData("a.cs", "using A.B;\nusing static A.C;\nusing X = A.D;\nglobal using E;\nusing (var f = g()) {}\nusing var h = i;", "A.B A.C A.D E")]
    [InlineData("a.c", "#include \"a.h\"\n # include <b/c.h>\n// #include \"no.h\"\nchar *s = \"#include\";\n#if X\n#include \"d.h\"\n#endif\n", "a.h b/c.h d.h?")]
    [InlineData("a.h", "#ifndef A_H\n#define A_H\n#include \"b.h\"\n#endif\n", "b.h")]
    [InlineData("a.scss", "@use \"a\"; @import 'b', 'c'; // @import 'no'\n.x { background: url( img/d.png ) } /* url(no) */", "a b c img/d.png")]
    [InlineData("a.html", "<!-- <a href=no> --><a class=x href='b.html#c'>href=\"no\"</a><script src = \"d.js\">x = '<a href=\"no\">'</script><img src=e.png>", "b.html#c d.js e.png")]
    [InlineData("a.md", "[a](b.md) ![c](<d e.png> \"t\") `[no](no.md)`\n```\n[no](no.md)\n```\n[f]: g.md\n[h](i_(j).md)", "b.md d e.png g.md i_(j).md")]
    [InlineData("a.json", """{"x":{"$ref":"b.json#/y"},"$refs":"no","z":["$ref"]}""", "b.json#/y")]
    [InlineData("tsconfig.json", """{"extends":"./b",/**/"references":[{"path":"../c"}],"x":{"path":"no"},}""", "./b ../c")]
    [InlineData("a.csproj", "<Project><!-- <Import Project=\"no\"/> --><ItemGroup><ProjectReference Include=\"..\\b\\b.csproj\"/></ItemGroup><Import Project=\"c.props\" Condition=\"x\"/></Project>", "..\\b\\b.csproj c.props?")]
    [InlineData("a.sln", "Project(\"{X}\") = \"b\", \"b\\b.csproj\", \"{Y}\"\nEndProject\n", "b\\b.csproj")]
    public void References_are_read_and_comments_and_strings_are_not(string path, string text, string expected) =>
        Scan.Of(path, text).ShouldBe(expected);

    [Fact]
    public void A_package_of_go_is_a_folder_of_the_module() =>
        Scan.Resolved(("cmd/m.go", "package main\nimport (\n\"fmt\"\n\"x.y/m/lib\"\n\"x.y/m/gone\"\n\"z.w/n\"\n)"), ("go.mod", "module x.y/m\n"),
            ("lib/a.go", ""), ("lib/b.go", ""), ("lib/a_test.go", "")).ShouldBe("- lib/a.go+lib/b.go !gone/*.go @z.w/n");

    [Fact]
    public void Modules_of_rust_are_files_beside_or_below() =>
        Scan.Resolved(("src/lib.rs", "mod a;\nmod b;\nmod gone;\nuse crate::b::c::D;\nuse other::e::F;\nuse serde::G;\nuse std::fmt;"),
            ("src/a.rs", ""), ("src/b/mod.rs", ""), ("src/b/c.rs", ""), ("Cargo.toml", "[package]\nname = \"this\"\n"),
            ("o/Cargo.toml", "[package]\nname = \"other\"\n"), ("o/src/lib.rs", ""), ("o/src/e.rs", ""))
            .ShouldBe("src/a.rs src/b/mod.rs !src/gone.rs src/b/c.rs o/src/e.rs @serde -");

    [Fact]
    public void A_file_of_its_own_name_holds_its_modules_in_a_folder() =>
        Scan.Resolved(("src/a.rs", "mod b;\nuse super::c;\nuse self::b::X;"), ("src/a/b.rs", ""), ("src/c.rs", ""), ("src/lib.rs", ""))
            .ShouldBe("src/a/b.rs src/c.rs src/a/b.rs");

    [Fact]
    public void A_class_of_java_is_found_in_any_source_folder() =>
        Scan.Resolved(("x/src/p/A.java", "import q.B;\nimport static q.B.c;\nimport q.*;\nimport q.Gone;\nimport java.util.List;"), ("y/src/q/B.java", ""))
            .ShouldBe("y/src/q/B.java y/src/q/B.java y/src/q/B.java !y/src/q/Gone.java -");

    [Fact]
    public void An_include_is_beside_or_where_the_repository_has_it() =>
        Scan.Resolved(("src/a.c", "#include \"b.h\"\n#include \"lib/c.h\"\n#include <d.h>\n#include \"gone.h\"\n#include <stdio.h>"),
            ("src/b.h", ""), ("b.h", ""), ("include/lib/c.h", ""), ("include/d.h", "")).ShouldBe("src/b.h include/lib/c.h include/d.h !src/gone.h -");

    [Fact]
    public void Links_are_decoded_and_urls_and_templates_are_left_alone() =>
        Scan.Resolved(("docs/a.md", "[a](b%20c.md#d) [e](https://x.y/z) [f](mailto:g) [h]({{ i }}) [j](../k) [l](#m) [n](gone.md)"),
            ("docs/b c.md", ""), ("k/README.md", "")).ShouldBe("docs/b c.md - - - k/README.md !docs/gone.md");

    [Fact]
    public void Partials_of_scss_are_found_under_their_short_names() =>
        Scan.Resolved(("s/a.scss", "@use 'b'; @import './gone'; @use 'sass:math'"), ("s/_b.scss", "")).ShouldBe("s/_b.scss !s/gone.scss -");

    [Fact]
    public void Projects_refer_with_backslashes_and_properties_are_for_msbuild() =>
        Scan.Resolved(("a/a.csproj", "<Project><ProjectReference Include=\"..\\b\\b.csproj\"/><Compile Include=\"*.cs;$(X)\"/><ProjectReference Include=\"gone.csproj\"/><None Include=\"..\\B\\Seen.txt\"/></Project>"),
            ("b/b.csproj", ""), ("b/seen.txt", "")).ShouldBe("b/b.csproj - !a/gone.csproj -");

    [Fact]
    public void A_type_is_used_where_its_namespace_is_seen_and_its_name_is_mentioned()
    {
        var declares = Read("a.cs", "namespace N.M; public sealed record Thing(int X); delegate Task<int> Call(int x);");
        declares.Types.ShouldBe(["N.M.Call", "N.M.Thing"]);
        TypeNames.Uses(Read("b.cs", "namespace N.M.Below { class B { Thing t; } }"), "N.M.Thing", []).ShouldBeTrue();
        TypeNames.Uses(Read("c.cs", "using N.M; class C { Thing t; }"), "N.M.Thing", []).ShouldBeTrue();
        TypeNames.Uses(Read("d.cs", "class D { Thing t; }"), "N.M.Thing", []).ShouldBeFalse("the namespace is not seen");
        TypeNames.Uses(Read("d.cs", "class D { Thing t; }"), "N.M.Thing", ["N.M"]).ShouldBeTrue("it is opened for all");
        TypeNames.Uses(Read("e.cs", "using N.M; class E { string s = \"Thing\"; /* Thing */ int i = x.Thing; }"), "N.M.Thing", []).ShouldBeFalse();
        TypeNames.Uses(Read("f.cs", "using N.M; class Thing { Thing t; }"), "N.M.Thing", []).ShouldBeFalse("it has its own");
    }

    private static FileReferences Read(string path, string text) => Language.ScanAny(path, Encoding.UTF8.GetBytes(text));
}

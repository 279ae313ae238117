namespace GitWriteOpt.Tests.Dependencies;

/// <summary>JavaScript and TypeScript.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("import a from './a'", "./a")]
    [InlineData("import './a'", "./a")]
    [InlineData("import {\n  b,\n  c as d,\n}\n  from\n  \"./a\";", "./a")]
    [InlineData("import type { A } from './a'", "./a")]
    [InlineData("export * from './a'; export { b } from './b'", "./a ./b")]
    [InlineData("const a = require('./a'), b = require.resolve('./b')", "./a ./b")]
    [InlineData("const a = await import( /* chunk */ './a')", "./a")]
    [InlineData("let a: import('./a').A", "./a")]
    [InlineData("try { require('./a') } catch { require('./b') }; require('./c')", "./a? ./b ./c")]
    public void Every_kind_of_import_is_read(string text, string expected) => Scan.Of("x.ts", text).ShouldBe(expected);

    [Theory]
    [InlineData("// import './a'\n/* require('./b') */")]
    [InlineData("const s = \"import './a'\", t = `import './b' ${1} require('./c')`")]
    [InlineData("a.require('./a'); loader.import('./b')")]
    [InlineData("const r = /require('.\\/a')/, from = './b'")]
    [InlineData("Array.from('./a'); import.meta.url")]
    [InlineData("import(`./${name}.js`)")]
    public void Comments_strings_patterns_and_members_are_no_imports(string text) => Scan.Of("x.js", text).ShouldBe("");

    [Fact]
    public void An_apostrophe_in_markup_hides_nothing_after_it() =>
        Scan.Of("x.jsx", "import a from './a'\nconst e = <p>it's here</p>\nconst b = require('./b')").ShouldBe("./a ./b");

    [Fact]
    public void Code_in_a_template_is_code() =>
        Scan.Of("x.js", "const s = `a ${ { b: require('./b') } } ${`${require('./c')}`} import './d'`\nimport './e'").ShouldBe("./b ./c ./e");

    [Fact]
    public void Of_a_component_the_scripts_are_read_and_lines_are_those_of_the_file()
    {
        var uses = GitWriteOpt.Dependencies.Language.ScanAny("a.vue",
            "<template>import './no'</template>\n<script setup>\nimport b from './b'\n</script>"u8).Uses;
        uses.ShouldBe([new(GitWriteOpt.Dependencies.ReferenceForm.Name, "./b", 3)]);
    }

    [Theory]
    [InlineData("src/b.ts", "./b")]
    [InlineData("src/b.tsx", "./b.js")]
    [InlineData("src/b/index.ts", "./b")]
    [InlineData("src/b.d.ts", "./b")]
    [InlineData("src/b.vue", "./b.vue?raw")]
    [InlineData("index.js", "..")]
    public void Endings_and_index_files_may_be_left_out(string target, string name) =>
        Scan.Resolved(("src/a.ts", $"import '{name}'"), (target, "")).ShouldBe(target);

    [Fact]
    public void A_relative_name_without_a_file_is_missing() =>
        Scan.Resolved(("src/a.ts", "import './b'; import '../../out'")).ShouldBe("!src/b -");

    [Fact]
    public void Paths_and_base_of_the_nearest_configuration_hold_inherited_ones_too() =>
        Scan.Resolved(("app/src/a.ts", "import '@/b'; import 'lib/c'; import '~d'"),
            ("app/tsconfig.json", """{ "extends": "../base.json", /* c */ }"""),
            ("base.json", """{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["app/src/*"], "~d": ["app/d.ts"] } } }"""),
            ("app/src/b.ts", ""), ("lib/c.ts", ""), ("app/d.ts", "")).ShouldBe("app/src/b.ts lib/c.ts app/d.ts");

    [Fact]
    public void A_workspaces_package_is_found_by_its_name_and_others_are_packages() =>
        Scan.Resolved(("a.ts", "import '@x/one'; import '@x/one/sub'; import 'react/jsx'; import 'node:fs'"),
            ("packages/one/package.json", """{"name":"@x/one","main":"dist/i.js"}"""), ("packages/one/src/index.ts", ""),
            ("packages/one/sub.ts", "")).ShouldBe("packages/one/src/index.ts packages/one/sub.ts @react -");
}

using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.Validation.Imports;

/// <summary>What a batch may not do to the references between the repository's files.</summary>
public sealed class ImportRuleTests
{
    [Fact]
    public void An_import_of_nothing_refuses_the_batch_and_names_the_line()
    {
        using var repository = Repository();
        var outcome = repository.Apply(Write("src/new.ts", "\nimport './gone'\nimport './b'\n"));

        (outcome.State, outcome.Error!.Code, outcome.Error.Category).ShouldBe((WriteState.Refused, "import-missing", ErrorCategory.Dependency));
        (outcome.Error.Path, outcome.Error.Line).ShouldBe(("src/new.ts", 2));
        outcome.Error.Message.ShouldContain("\"./gone\"");
    }

    [Fact]
    public void An_import_of_what_the_same_batch_writes_is_no_finding()
    {
        using var repository = Repository();
        repository.Applied(Write("src/new.ts", "import './later'\n") + Write("src/later.ts", "")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void An_import_that_was_missing_before_is_a_warning()
    {
        using var repository = Repository(("src/old.ts", "import './gone'\n"));
        var found = repository.Applied(Write("src/old.ts", "import './gone'\n// more\n")).Findings.Single();
        (found.Rule, found.Severity, found.WasThere).ShouldBe(("import-missing", CheckSeverity.Warning, true));
    }

    [Fact]
    public void An_import_of_what_git_ignores_may_be_built_later()
    {
        using var repository = Repository((".gitignore", "generated/\n"));
        repository.Applied(Write("src/new.ts", "import './generated/api'\n")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void An_import_of_an_untracked_file_is_met()
    {
        using var repository = Repository();
        repository.Write("src/untracked.ts", "");
        repository.Applied(Write("src/new.ts", "import './untracked'\n")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_deleted_file_names_up_to_five_importers_and_their_number()
    {
        using var repository = Repository([.. Enumerable.Range(0, 7).Select(i => ($"src/u{i}.ts", "import './b'\n"))]);
        var error = repository.Apply("""{"op":"delete","path":"src/b.ts"}""").Error!;

        (error.Code, error.Path).ShouldBe(("imported-deleted", "src/b.ts"));
        error.Message.ShouldContain("8 files");
        error.Message.ShouldContain("\"src/a.ts\", \"src/u0.ts\", \"src/u1.ts\", \"src/u2.ts\", \"src/u3.ts\" and 3 more");
    }

    [Fact]
    public void A_moved_file_whose_importers_stay_is_refused_and_one_whose_importers_follow_is_not()
    {
        using var repository = Repository();
        const string move = """{"op":"move","from":"src/b.ts","to":"src/c.ts"}""" + "\n";

        repository.Apply(move).Error!.Suggestion!.ShouldContain("src/c.ts");
        repository.Applied(move + Write("src/a.ts", "import './c'\n")).Findings.ShouldBeEmpty();
        repository.Read("src/a.ts").ShouldBe("import './c'\n");
    }

    [Fact]
    public void A_moved_file_takes_its_own_relative_imports_with_it_and_breaks_them()
    {
        using var repository = Repository();
        repository.Apply("""{"op":"move","from":"src/a.ts","to":"lib/a.ts"}""").Error!
            .ShouldSatisfyAllConditions(e => e.Code.ShouldBe("import-missing"), e => e.Path.ShouldBe("lib/a.ts"));
    }

    [Fact]
    public void A_file_that_another_name_replaces_is_still_there_for_its_importers()
    {
        using var repository = Repository();
        repository.Applied("""{"op":"delete","path":"src/b.ts"}""" + "\n" + Write("src/b/index.ts", "")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_names_the_importers_of_what_it_changes()
    {
        using var repository = Repository();
        var batch = repository.Batch(Write("src/b.ts", "export const b = 1\n"));
        using var writer = Writer.Open(repository.Root);
        writer.Plan(batch, new ApplyOptions { DryRun = true }).Dependencies.Select(p => p.Value).ShouldBe(["src/a.ts"]);
    }

    [Fact]
    public void An_importer_that_is_dirty_counts_as_it_is_on_disk()
    {
        using var repository = Repository();
        repository.Write("src/a.ts", "// no import any more\n");
        repository.Applied("""{"op":"delete","path":"src/b.ts"}""").Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_type_that_goes_is_missed_where_it_is_mentioned_and_not_where_it_moved_on()
    {
        using var repository = Repository(("A.cs", "namespace N; class A { B b; }\n"), ("B.cs", "namespace N; class B { }\n"));

        var found = repository.Apply("""{"op":"delete","path":"B.cs"}""", new ApplyOptions { DryRun = true }).Findings.Single();
        (found.Rule, found.Severity, found.Path.Value).ShouldBe(("imported-deleted", CheckSeverity.Warning, "B.cs"));
        found.Message.ShouldContain("A.cs");
        repository.Applied("""{"op":"delete","path":"B.cs"}""" + "\n" + Write("Sub/C.cs", "namespace N; class B { }\n")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_package_that_the_manifest_lacks_is_a_warning_and_what_the_language_brings_is_not()
    {
        using var repository = Repository(("package.json", """{"dependencies":{"react":"1"}}"""),
            ("pyproject.toml", "[project]\ndependencies = [\n  \"PyYAML>=6\", # loads\n]\n"),
            ("Cargo.toml", "[package]\nname = \"x\"\n[dependencies]\nserde-json = \"1\"\n"), ("go.mod", "module m\nrequire (\n\ta.b/c v1.0.0\n)\n"));
        var findings = repository.Applied(
            Write("src/n.ts", "import 'react/x'; import 'fs'; import 'node:path'; import 'left-pad/y'\n")
            + Write("n.py", "import os, yaml, requests\n") + Write("src/n.rs", "use std::fmt;\nuse serde_json::X;\nuse rand::Y;\n")
            + Write("n.go", "package m\nimport (\n\"fmt\"\n\"a.b/c/d\"\n\"e.f/g\"\n)\n")).Findings;

        findings.Select(f => $"{f.Path} {f.Rule} {f.Severity} {f.Message.Split('"')[1]}").ShouldBe(
        [
            "n.go manifest-missing Warning e.f/g", "n.py manifest-missing Warning requests", "src/n.rs manifest-missing Warning rand",
            "src/n.ts manifest-missing Warning left-pad",
        ]);
    }

    [Theory]
    [InlineData("package.json", "package-lock.json", """{"dependencies":{"a":"1"}}""", """{"dependencies":{"a":"2"}}""", """{"scripts":{"x":"y"},"dependencies": {"a": "1"}}""")]
    [InlineData("Cargo.toml", "Cargo.lock", "[dependencies]\na = \"1\"\n", "[dependencies]\na = \"2\"\n", "[package]\nname = \"x\"\n[dependencies] # c\na = \"1\"\n")]
    [InlineData("go.mod", "go.sum", "module m\nrequire a.b/c v1\n", "module m\nrequire a.b/c v2\n", "module m\n\nrequire a.b/c v1 // indirect\n")]
    [InlineData("pyproject.toml", "uv.lock", "[project]\ndependencies = [\"a\"]\n", "[project]\ndependencies = [\"a\", \"b\"]\n", "[project]\nname = \"x\"\ndependencies = [ \"a\" ]\n")]
    [InlineData("Gemfile", "Gemfile.lock", "gem 'a'\n", "gem 'b'\n", "# c\ngem 'a'\n")]
    [InlineData("composer.json", "composer.lock", """{"require":{"a":"1"}}""", """{"require":{"a":"2"}}""", """{"name":"x","require":{"a":"1"}}""")]
    [InlineData("a.csproj", "packages.lock.json", "<Project><PackageReference Include=\"A\"/></Project>", "<Project><PackageReference Include=\"B\"/></Project>",
        "<Project><!-- c --><PackageReference Include=\"A\"></PackageReference></Project>")]
    public void A_manifest_whose_dependencies_change_without_its_lock_file_is_a_warning(
        string manifest, string lockFile, string old, string changed, string same)
    {
        using var repository = Repository((manifest, old), (lockFile, manifest.EndsWith("toml") ? "\n" : "{}\n"));

        repository.Applied(Write(manifest, same)).Findings.ShouldBeEmpty();
        var found = repository.Applied(Write(manifest, changed)).Findings.Single();
        (found.Rule, found.Severity, found.Path.Value).ShouldBe(("lock-not-updated", CheckSeverity.Warning, manifest));
        repository.Applied(Write(manifest, old) + Write(lockFile, manifest.EndsWith("toml") ? "\n\n" : "{ }\n")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_lock_file_that_nobody_tracks_is_not_asked_for()
    {
        using var repository = Repository(("package.json", """{"dependencies":{}}"""));
        repository.Write("package-lock.json", "{}");
        repository.Applied(Write("package.json", """{"dependencies":{"a":"1"}}""")).Findings.ShouldBeEmpty();
    }

    private static TestRepository Repository(params (string Path, string Text)[] more)
    {
        var files = new Dictionary<string, string> { ["src/a.ts"] = "import './b'\n", ["src/b.ts"] = "export {}\n" };
        foreach (var (path, text) in more)
        {
            files[path] = text;
        }

        return TestRepository.With(files);
    }

    private static string Write(string path, string content) =>
        JsonSerializer.Serialize(new { op = "write", path, content }) + "\n";
}

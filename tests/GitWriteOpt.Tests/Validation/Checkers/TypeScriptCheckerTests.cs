using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.Validation.Checkers;

/// <summary>tsc only parses, only where a tsconfig.json says that it is TypeScript, and reads nothing of the repository.</summary>
public sealed class TypeScriptCheckerTests
{
    private static readonly CheckedFile Config = Checking.File("web/tsconfig.json",
        """{"compilerOptions":{"plugins":[{"name":"./evil"}],"noEmit":false,"outDir":"/"},"files":["nowhere.ts"]}""");

    [Fact]
    public void Its_answer_is_read_and_what_it_says_of_types_is_not()
    {
        using var repository = TestRepository.Init();
        var path = Checking.StandIn(repository, "tsc", """
            for f; do
              case $f in
                */bad.ts) echo "..${f#${f%/*/*}}(3,7): error TS1109: Expression expected." ;;
                */x.tsx) echo "..${f#${f%/*/*}}(2,1): error TS17008: JSX element 'b' has no closing tag." ;;
                */type.ts) echo "..${f#${f%/*/*}}(1,1): error TS2322: Type 'string' is no 'number'." ;;
              esac
            done
            echo "error TS2318: Cannot find global type 'Array'."
            exit 2
            """);

        var outcome = new Checking(repository) { Path = path }.Run(Checking.Named("tsc"), Config, Checking.File("web/src/bad.ts", "x"),
            Checking.File("web/type.ts", "y"), Checking.File("web/x.tsx", "z"), Checking.File("elsewhere/bad.ts", "x"));

        outcome.Findings.Select(f => (f.Path.Value, f.Line, f.Column, f.Severity)).ShouldBe(
            [("web/src/bad.ts", 3, 7, CheckSeverity.Error), ("web/x.tsx", 2, 1, CheckSeverity.Error)]);
        outcome.Findings[0].Message.ShouldEndWith(": Expression expected.");
        outcome.Checked.ShouldBe(3);
    }

    [Theory]
    [InlineData("echo \"error TS5023: Unknown compiler option '--noCheck'.\"; exit 1")]
    [InlineData("echo 'no such thing' >&2; exit 3")]
    public void One_that_is_too_old_or_another_program_says_nothing(string script)
    {
        using var repository = TestRepository.Init();
        new Checking(repository) { Path = Checking.StandIn(repository, "tsc", script) }
            .Run(Checking.Named("tsc"), Config, Checking.File("web/a.ts", "x")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_real_one_takes_nothing_from_the_repository()
    {
        Checking.Need("tsc");
        using var repository = TestRepository.Init();
        var trap = repository.Outside("sprung");
        foreach (var module in new[] { "node_modules/typescript/lib/tsc.js", "node_modules/evil/index.js", "evil.js", "node_modules/@types/evil/index.d.ts" })
        {
            repository.Write(module, $"require('fs').writeFileSync('{trap}', '{module}')\n");
        }

        repository.Write("web/tsconfig.json", """{"compilerOptions":{"plugins":[{"name":"evil"}],"typeRoots":["./node_modules/@types"]}}""");
        repository.Write("package.json", """{"type":"module","main":"./evil.js"}""");
        repository.Write("node_modules/.bin/tsc", "");
        Checking.Script(repository.At("node_modules/.bin/tsc"), $"touch {trap}");
        var path = $"{repository.At("node_modules/.bin")}:{Environment.GetEnvironmentVariable("PATH")}";

        var outcome = new Checking(repository) { Path = path }.Run(Checking.Named("tsc"), Config,
            Checking.File("web/good.ts", "/// <reference types=\"evil\" />\nimport x from './nowhere'; export const a: number = 'b';\nawait x();\n"),
            Checking.File("web/bad.ts", "const a = 1;\nconst b = ;\n"), Checking.File("web/tag.tsx", "export default <div><b>x</div>;\n"));

        File.Exists(trap).ShouldBeFalse();
        outcome.Findings.Select(f => (f.Path.Value, f.Line, f.Column)).ShouldBe([("web/bad.ts", 2, 11), ("web/tag.tsx", 1, 22)]);
    }
}

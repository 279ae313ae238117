using GitWriteOpt.Errors;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>
/// The programs that are asked where they are installed: each only parses. Left out on purpose: <c>perl -c</c> runs
/// <c>BEGIN</c> blocks, <c>javac</c> needs the rest of the project (<c>--verify</c>).
/// </summary>
internal static class CheckerTable
{
    private const string CompilePython = """
        import sys
        for number, name in enumerate(sys.argv[1:]):
            try:
                with open(name, 'rb') as file:
                    compile(file.read(), name, 'exec', dont_inherit=True)
                answer = 'ok'
            except SyntaxError as e:
                column = e.offset or ''
                if e.text and column:
                    column = len(e.text[:column - 1].encode('utf-8', 'replace')) + 1
                answer = 'bad\t%s\t%s\t%s' % (e.lineno or '', column, e.msg)
            except (ValueError, LookupError) as e:
                answer = 'bad\t\t\t%s' % e
            except (RecursionError, MemoryError):
                answer = 'unknown'
            print('%d\t%s' % (number, answer.replace('\n', ' ')), flush=True)
        """;

    /// <summary>The lines of the table.</summary>
    public static IReadOnlyList<Checker> All { get; } =
    [
        new(Info("node", "node --check finds no JavaScript"), "JavaScript", ["*.js", "*.mjs", "*.cjs"],
        [
            Node("{}"),
            Node("{\"type\":\"module\"}"),
        ])
        { Interpreters = ["node", "nodejs"], PassesOver = Dialects.IsOtherJavaScript },
        new(Info("tsc", "tsc cannot parse it (types are not looked at); where a tsconfig.json lies above it"), "TypeScript",
            ["*.ts", "*.tsx", "*.mts", "*.cts"],
        [
            // Of 5.6 or later: those before know no --noCheck, say so, and nothing more is said of the files.
            new(["tsc"],
            [
                "--noEmit", "--noCheck", "--noResolve", "--noLib", "--typeRoots", "{empty}", "--skipLibCheck", "--pretty", "false",
                "--jsx", "preserve", "--target", "esnext", "--module", "esnext",
            ], ToolReadings.TypeScript) { Feed = Feed.ManyFiles },
        ])
        { PassesOver = Dialects.IsNoTypeScript, GovernedBy = "tsconfig.json" },
        new(Info("python", "python3 cannot compile it (nothing is imported, run or written)"), "Python", ["*.py", "*.pyi", "*.pyw"],
        [
            new(["python3", "python"], ["-I", "-S", "-W", "ignore", "-c", CompilePython], ToolReadings.Python) { Feed = Feed.ManyFiles },
        ])
        { Interpreters = ["python"], PassesOver = Dialects.IsTemplate },
        new(Info("bash", "bash -n cannot parse it"), "bash", ["*.sh", "*.bash"],
        [
            Shell(["bash"], "--norc", "--noprofile", "-n"),
            Shell(["bash"], "--norc", "--noprofile", "-O", "extglob", "-n"),
        ])
        { Interpreters = ["bash"], PassesOver = Dialects.IsTemplate },
        new(Info("sh", "sh -n cannot parse it"), "shell", [],
        [
            Shell(["dash", "sh"], "-n"),
            Shell(["bash"], "--norc", "--noprofile", "-n"), // where sh is bash, such scripts work
        ])
        { Interpreters = ["sh", "dash"], PassesOver = Dialects.IsTemplate },
        new(Info("zsh", "zsh -n cannot parse it"), "zsh", ["*.zsh"], [Shell(["zsh"], "-f", "-n")])
        { Interpreters = ["zsh"], PassesOver = Dialects.IsTemplate },
        new(Info("fish", "fish --no-execute cannot parse it"), "fish", ["*.fish"], [Shell(["fish"], "--no-config", "--no-execute")])
        { Interpreters = ["fish"], PassesOver = Dialects.IsTemplate },
        new(Info("gofmt", "gofmt -e cannot parse it (style is not looked at)"), "Go", ["*.go"],
            [new(["gofmt"], ["-e", "-l", "{}"], ToolReadings.Places)]) { PassesOver = Dialects.IsTemplate },
        new(Info("rustfmt", "rustfmt --check cannot parse it (style is not looked at)"), "Rust", ["*.rs"],
            [Rust("2021"), Rust("2024"), Rust("2015")]) { PassesOver = Dialects.IsTemplate },
        new(Info("ruby", "ruby -c cannot parse it"), "Ruby", ["*.rb", "*.rake", "*.gemspec", "Gemfile", "Rakefile"],
            [new(["ruby"], ["--disable=gems,rubyopt,did_you_mean", "-W0", "-c", "{}"], ToolReadings.Places) { BlankShebang = true }])
        { Interpreters = ["ruby"], PassesOver = Dialects.IsTemplate },
        new(Info("php", "php -l cannot parse it"), "PHP", ["*.php"],
        [
            new(["php"], ["-n", "-d", "display_errors=stderr", "-d", "log_errors=0", "-d", "html_errors=0", "-l", "{}"],
                ToolReadings.Php) { BlankShebang = true },
        ])
        { Interpreters = ["php"] },
        new(Info("luac", "luac -p cannot parse it"), "Lua", ["*.lua"],
            [new(["luac", "luac5.4", "luac5.3"], ["-p", "{}"], ToolReadings.Places)])
        { Interpreters = ["lua"], PassesOver = Dialects.IsCompiledLuaOrTemplate },
    ];

    private static RuleInfo Info(string name, string text) => new(name, ErrorCategory.Format, CheckSeverity.Error, text);

    // The package file beside the copy ends node's search for one, and says which of the two kinds of script it is.
    private static ToolCall Node(string package) =>
        new(["node", "nodejs"], ["--check", "{}"], ToolReadings.Node) { Beside = ("package.json", package) };

    private static ToolCall Shell(string[] programs, params string[] options) =>
        new(programs, [.. options, "{}"], ToolReadings.Places);

    // By standard input it follows no "mod" line; the settings that it is given are empty, so it looks for no others.
    private static ToolCall Rust(string edition) =>
        new(["rustfmt"], ["--check", "--edition", edition, "--config-path", "{empty}/rustfmt.toml"], ToolReadings.Rust)
        { Feed = Feed.StandardInput };
}

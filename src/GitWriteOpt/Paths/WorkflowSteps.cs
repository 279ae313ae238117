namespace GitWriteOpt.Paths;

/// <summary>The step of a workflow that a file belongs to.</summary>
public enum WorkflowStep
{
    /// <summary>What is built or run.</summary>
    Implementation,

    /// <summary>Tests, their data and their configuration.</summary>
    Testing,

    /// <summary>What describes it.</summary>
    Documentation,
}

/// <summary>Tells the step of a file by its path alone: folders and names as the common tools have them.</summary>
public static class WorkflowSteps
{
    private static readonly HashSet<string> TestFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "t", "test", "tests", "testing", "testdata", "test-data", "test_data", "fixture", "fixtures", "__fixtures__", "__tests__",
        "__testfixtures__", "spec", "specs", "e2e", "mocks", "__mocks__", "testresources", "testfixtures", "__snapshots__",
    };

    private static readonly HashSet<string> DataFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "testdata", "test-data", "test_data", "fixture", "fixtures", "__fixtures__", "__testfixtures__", "mocks", "__mocks__",
        "testresources", "testfixtures", "__snapshots__", "snapshots", "golden",
    };

    private static readonly HashSet<string> DocumentationFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "doc", "docs", "documentation", "man",
    };

    private static readonly HashSet<string> TestSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "conftest.py", "pytest.ini", "phpunit.xml", "phpunit.xml.dist", "karma.conf.js", "xunit.runner.json", "testng.xml", ".rspec",
        ".mocharc.json", ".mocharc.yml", ".mocharc.js",
    };

    /// <summary>The names of the steps as options and trailers have them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["implementation", "testing", "documentation"];

    /// <summary>The step of a file.</summary>
    /// <param name="path">Relative to the worktree's root, with <c>/</c>.</param>
    public static WorkflowStep Of(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.StartsWith("readme", StringComparison.OrdinalIgnoreCase))
        {
            return WorkflowStep.Documentation;
        }

        return IsInFolder(path, IsTestFolder) || IsTestSetting(name) || IsTestName(name) ? WorkflowStep.Testing
            : IsDocument(name) || IsInFolder(path, DocumentationFolders.Contains) ? WorkflowStep.Documentation
            : WorkflowStep.Implementation;
    }

    /// <summary>A step's name as options and trailers have it.</summary>
    public static string NameOf(WorkflowStep step) => Names[(int)step];

    /// <summary>Whether the folder of a path, or one above it, satisfies a condition on its name.</summary>
    internal static bool IsInFolder(string path, Func<string, bool> condition)
    {
        var start = 0;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', start))
        {
            if (condition(path[start..slash]))
            {
                return true;
            }

            start = slash + 1;
        }

        return false;
    }

    /// <summary>Whether tests and what belongs to them lie in a folder of this name.</summary>
    internal static bool IsTestFolder(string name) => TestFolders.Contains(name)
        || name.EndsWith(".Tests", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("-tests", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-test", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Test", StringComparison.Ordinal) || name.EndsWith("Tests", StringComparison.Ordinal);

    /// <summary>Whether what lies in a folder of this name is data that tests read.</summary>
    internal static bool IsDataFolder(string name) => DataFolders.Contains(name);

    /// <summary>Whether a file of this name configures tests wherever it lies.</summary>
    internal static bool IsTestSetting(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return TestSettings.Contains(name) || name.EndsWith(".runsettings", StringComparison.OrdinalIgnoreCase)
            || (dot > 0 && name[..dot] is "jest" or "vitest" or "playwright" or "cypress" && name.AsSpan(dot).StartsWith(".config.", StringComparison.Ordinal));
    }

    /// <summary>
    /// What a test's name says that it tests, without its ending: <c>order</c> of <c>test_order.py</c>, <c>order_test.go</c>,
    /// <c>order.spec.ts</c>, <c>Order</c> of <c>OrderTests.cs</c>; null where it does not say so.
    /// </summary>
    internal static string? SubjectOf(string name)
    {
        var stem = StemOf(name);
        foreach (var start in (ReadOnlySpan<string>)["test_", "test-"])
        {
            if (stem.StartsWith(start, StringComparison.OrdinalIgnoreCase) && stem.Length > start.Length)
            {
                return stem[start.Length..];
            }
        }

        foreach (var end in (ReadOnlySpan<string>)[".test", ".spec", "_test", "-test", "_tests", "-tests", "_spec", "-spec", ".tests", ".e2e", ".cy"])
        {
            if (stem.EndsWith(end, StringComparison.OrdinalIgnoreCase) && stem.Length > end.Length)
            {
                return stem[..^end.Length];
            }
        }

        // In names of types the capital letter alone tells OrderTest from latest.
        foreach (var end in (ReadOnlySpan<string>)["Tests", "Test", "Specs", "Spec", "IT"])
        {
            if (stem.EndsWith(end, StringComparison.Ordinal) && stem.Length > end.Length)
            {
                return stem[..^end.Length];
            }
        }

        return null;
    }

    /// <summary>A file's name without its last ending.</summary>
    internal static string StemOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;

    private static bool IsTestName(string name) => SubjectOf(name) is { } subject && IsSource(name) && subject.Length > 0;

    // order.test or a-test.txt says nothing; what has the ending of a program's text does.
    private static bool IsSource(string name) => Path.GetExtension(name) is ".cs" or ".fs" or ".vb" or ".js" or ".jsx" or ".mjs" or ".cjs"
        or ".ts" or ".tsx" or ".mts" or ".cts" or ".vue" or ".py" or ".go" or ".rs" or ".java" or ".kt" or ".scala" or ".rb" or ".php"
        or ".c" or ".cc" or ".cpp" or ".cxx" or ".h" or ".hpp" or ".swift" or ".m" or ".ex" or ".exs" or ".erl" or ".hs" or ".lua" or ".sh"
        or ".bats" or ".pl" or ".t" or ".dart" or ".clj" or ".zig" or ".jl" or ".r";

    private static bool IsDocument(string name) => Path.GetExtension(name).ToLowerInvariant() is ".md" or ".markdown" or ".mdx" or ".rst"
        or ".adoc" or ".asciidoc" or ".texi" || name.StartsWith("CHANGELOG", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("CONTRIBUTING", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase);
}

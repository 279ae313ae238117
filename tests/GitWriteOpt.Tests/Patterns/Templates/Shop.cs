using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Patterns.Templates;

/// <summary>A repository in which handlers are made in one shape, and listed in a registry.</summary>
internal static class Shop
{
    private static readonly (string Pascal, string Snake, string Date)[] Made =
        [("Invoice", "invoice", "2026-01-02"), ("Order", "order", "2026-02-03"), ("CreditNote", "credit_note", "2026-03-04"), ("Payment", "payment", "2026-04-05")];

    /// <summary>One commit a handler.</summary>
    internal static TestRepository Make(string initArguments = "", [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["src/Registry.cs"] = Registry([]) }, initArguments, test);
        for (var i = 0; i < Made.Length; i++)
        {
            var (pascal, snake, date) = Made[i];
            repository.Write($"src/{pascal}Handler.cs", Handler(pascal, snake, date));
            repository.Write($"tests/{pascal}HandlerTests.cs", Tests(pascal, snake));
            repository.Write("src/Registry.cs", Registry(Made[..(i + 1)].Select(m => m.Pascal)));
            repository.Commit($"Handle {snake}");
        }

        return repository;
    }

    internal static string Handler(string pascal, string snake, string date) =>
        $"namespace Shop;\n\n// Made on {date}.\npublic sealed class {pascal}Handler(I{pascal}Store store)\n{{\n    private const string Topic = \"{snake}\";\n}}\n";

    internal static string Tests(string pascal, string snake) =>
        $"namespace Shop.Tests;\n\npublic class {pascal}HandlerTests\n{{\n    public void Handles_{snake}() => new {pascal}Handler(new Fake{pascal}Store());\n}}\n";

    internal static string Registry(IEnumerable<string> names) =>
        $"static class Registry\n{{\n{string.Concat(names.Order(StringComparer.Ordinal).Select(n => $"    Add<{n}Handler>();\n"))}}}\n";
}

using System.Globalization;
using System.Text.RegularExpressions;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>Turns a template and its parameters into operations.</summary>
internal static partial class TemplateExpansion
{
    /// <summary>The operations: files that must not be there yet, and lines in files that are.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">Values by parameter.</param>
    /// <param name="read">The text of a file as it is now, in the batch's view; null where there is none.</param>
    /// <param name="wanted">Which of the files are to be made; null for all.</param>
    /// <exception cref="RefusedException">A parameter is missing, unknown or of no use, or an anchor is gone.</exception>
    internal static List<Operation> Of(Template template, IReadOnlyDictionary<string, string> given, Func<RepoPath, string?> read,
        Func<string, bool>? wanted = null)
    {
        Check(template, given);
        var names = template.Parameters.Select(p => p.Name).ToList();
        var operations = new List<Operation>();
        foreach (var file in template.Files)
        {
            var made = TemplateText.Parse(file.Path, names).Fill(given);
            if (wanted is not null && !wanted(made))
            {
                continue;
            }

            operations.Add(new Operation.Write(RepoPath.Parse(made),
                Content.Of(TemplateText.Parse(file.Text, names).Fill(given)))
            {
                Expect = new Expectation.Absent(),
            });
        }

        var shifts = new Dictionary<string, List<(int After, string Line)>>(StringComparer.Ordinal);
        foreach (var registry in template.Registry)
        {
            var path = RepoPath.Parse(registry.Path);
            var line = TemplateText.Parse(registry.Line, names).Fill(given);
            var place = read(path) is { } text ? RegistryText.Place(text, registry, line) : null;
            if (place is null)
            {
                throw new RefusedException(new WriteError(ErrorCategory.Conflict, "anchor-gone",
                    $"\"{path}\" has no line like \"{registry.Line.Trim()}\" any more, beside which the template \"{template.Name}\" adds one")
                {
                    Path = path.Value,
                    Suggestion = $"learn again (git writeopt learn --full), or drop it: git writeopt template drop {template.Name}",
                });
            }

            if (place >= 0)
            {
                var lines = shifts.TryGetValue(path.Value, out var known) ? known : shifts[path.Value] = [];
                lines.Add((place.Value, line));
            }
        }

        // From the bottom up, so that places stay right; lines of one place in their order.
        foreach (var (path, lines) in shifts)
        {
            operations.AddRange(lines.Select((l, i) => (l.After, l.Line, i)).OrderByDescending(l => l.After).ThenByDescending(l => l.i)
                .Select(l => new Operation.Insert(RepoPath.Parse(path), l.After, l.Line + "\n")));
        }

        return operations;
    }

    /// <summary>The parameters that are missing.</summary>
    internal static List<TemplateParameter> Missing(Template template, IReadOnlyDictionary<string, string> given) =>
        [.. template.Parameters.Where(p => !given.ContainsKey(p.Name))];

    /// <summary>Why a value does not fit a parameter, or null.</summary>
    internal static string? Objection(TemplateParameter parameter, string value) => parameter.Kind switch
    {
        "name" when NameWords.Of(value).Count == 0 || value.AsSpan().IndexOfAny("/\\\n\r\0") >= 0 => "a name has letters or digits and no slashes",
        "directory" when PathRules.Objection(value + "/x") is { } objection => objection.Message,
        "date" when !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "a date is like 2026-01-31",
        "number" when value.Length == 0 || !value.All(char.IsAsciiDigit) => "a number has digits alone",
        "identifier" when !Identifier().IsMatch(value) => "an identifier has letters, digits and _",
        _ => value.AsSpan().IndexOfAny('\n', '\0') >= 0 ? "it has to be one line" : null,
    };

    // Whether a shell takes the value as one word without quotes.
    private static bool IsPlain(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ',' or ':');

    private static void Check(Template template, IReadOnlyDictionary<string, string> given)
    {
        var names = template.Parameters.Select(p => p.Name).ToList();
        var errors = new List<WriteError>();
        errors.AddRange(given.Keys.Where(k => !names.Contains(k)).Select(key => new WriteError(ErrorCategory.Usage, "unknown-parameter",
            $"the template \"{template.Name}\" has no parameter \"{key}\"; it has {string.Join(", ", names)}")
        {
            Suggestion = NearestNames.Of(key, names) is { Count: > 0 } near ? $"did you mean {string.Join(" or ", near)}?" : null,
        }));
        var missing = Missing(template, given);
        if (missing.Count > 0)
        {
            errors.Add(new WriteError(ErrorCategory.Usage, "missing-parameters",
                $"the template \"{template.Name}\" needs {string.Join(", ", missing.Select(p => $"{p.Name} ({p.Kind}{(p.Examples.Count > 0 ? $", as {p.Examples[0]}" : "")})"))}")
            {
                Suggestion = $"git writeopt template new {template.Name} {string.Join(' ', template.Parameters.Where(p => given.ContainsKey(p.Name) || missing.Contains(p)).Select(p => $"{p.Name}={(given.TryGetValue(p.Name, out var value) && IsPlain(value) ? value : "...")}"))}",
            });
        }

        errors.AddRange(template.Parameters.Where(p => given.ContainsKey(p.Name))
            .Select(p => (p, Objection: Objection(p, given[p.Name]))).Where(p => p.Objection is not null)
            .Select(p => new WriteError(ErrorCategory.Usage, "bad-parameter",
                $"the parameter \"{p.p.Name}\" of the template \"{template.Name}\" cannot be \"{given[p.p.Name]}\": {p.Objection}")));
        if (errors.Count > 0)
        {
            throw new RefusedException(errors[0]) { All = errors };
        }
    }

    [GeneratedRegex(@"^\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}

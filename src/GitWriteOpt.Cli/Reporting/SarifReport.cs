using System.Text.Json;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// Findings as SARIF 2.1.0 (OASIS), for editors and CI. Our columns are bytes and SARIF's are characters, so a column is
/// given in <c>properties</c> alone, where nobody takes it for another.
/// </summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Prints them.</summary>
    public static void Print(ValidationOutcome outcome, IReadOnlyList<CheckRule> rules, string root, Screen screen)
    {
        var output = screen.Raw();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = screen.IsTerminal }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            Tool(json, rules);
            json.WriteStartObject("originalUriBaseIds");
            json.WriteStartObject("SRCROOT");
            json.WriteString("uri", "file://" + Uri(root) + "/");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("results");
            foreach (var finding in outcome.Findings)
            {
                Result(json, finding, rules);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Tool(Utf8JsonWriter json, IReadOnlyList<CheckRule> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "git writeopt check");
        json.WriteString("version", typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Name);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", rule.Text);
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteBoolean("enabled", rule.Default is not null);
            json.WriteString("level", Level(rule.Default ?? CheckSeverity.Warning));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, CheckFinding finding, IReadOnlyList<CheckRule> rules)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        if (rules.Select(rule => rule.Name).ToList().IndexOf(finding.Rule) is var index and >= 0)
        {
            json.WriteNumber("ruleIndex", index);
        }

        json.WriteString("level", Level(finding.Severity));
        json.WriteString("baselineState", finding.WasThere ? "unchanged" : "new");
        json.WriteStartObject("message");
        json.WriteString("text", finding.Suggestion is { } suggestion ? $"{finding.Message} ({suggestion})" : finding.Message);
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(finding.Path.Value));
        json.WriteString("uriBaseId", "SRCROOT");
        json.WriteEndObject();
        if (finding.Line is { } line)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (finding.Column is { } column)
        {
            json.WriteStartObject("properties");
            json.WriteNumber("columnInBytes", column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Level(CheckSeverity severity) => severity == CheckSeverity.Error ? "error" : "warning";

    private static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}

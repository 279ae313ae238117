using System.Text.Json.Serialization;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Mcp;

/// <summary>The log as an object: structured content is no bare array.</summary>
internal sealed record LogDocument(IReadOnlyList<LogEntryAnswer> Transactions);

/// <summary>What the command line has no JSON for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(LogDocument))]
internal sealed partial class McpJson : JsonSerializerContext;

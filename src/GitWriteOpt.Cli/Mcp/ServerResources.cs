using System.Text.Json;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Transactions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitWriteOpt.Cli.Mcp;

/// <summary>What a client can read: transactions, and how a plan is made.</summary>
internal static class ServerResources
{
    private const string Transactions = "writeopt://tx/";
    private const string Plan = "writeopt://plan";
    private const int Newest = 20;

    /// <summary>The newest transactions, and the description of plans.</summary>
    internal static ListResourcesResult List(IReadOnlyList<string> repositories) => new()
    {
        Resources =
        [
            new Resource { Uri = Plan, Name = "plan", Title = "What a plan decides", MimeType = "application/schema+json" },
            .. repositories.SelectMany(root =>
            {
                using var writer = Writer.Open(root);
                return writer.Log(new LogQuery(Newest)).Select(t => new Resource
                {
                    Uri = Transactions + t.Transaction,
                    Name = t.Transaction,
                    Title = $"{Spelling.Of(t.Kind)}, {t.Files} file(s)",
                    MimeType = "application/json",
                }).ToList();
            }),
        ],
    };

    /// <summary>How a transaction is named.</summary>
    internal static ListResourceTemplatesResult Templates() => new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                UriTemplate = Transactions + "{id}",
                Name = "transaction",
                Title = "A transaction and its files",
                MimeType = "application/json",
            },
        ],
    };

    /// <summary>Reads one.</summary>
    /// <exception cref="McpException">There is none of this name.</exception>
    internal static ReadResourceResult Read(string uri, IReadOnlyList<string> repositories)
    {
        if (uri == Plan)
        {
            return Text(uri, "application/schema+json", ToolSchemas.PlanAnswer);
        }

        foreach (var root in uri.StartsWith(Transactions, StringComparison.Ordinal) ? repositories : [])
        {
            using var writer = Writer.Open(root);
            try
            {
                var found = writer.Find(uri[Transactions.Length..]);
                return Text(uri, "application/json",
                    JsonSerializer.Serialize(ShowAnswer.Of(found, writer.Files(found)) with { Message = "" },
                        AnswerJson.Default.ShowAnswer));
            }
            catch (UsageException)
            {
                // Maybe it is in the next one.
            }
        }

        throw new McpException("there is no such resource");
    }

    private static ReadResourceResult Text(string uri, string type, string text) => new()
    {
        Contents = [new TextResourceContents { Uri = uri, MimeType = type, Text = text }],
    };
}

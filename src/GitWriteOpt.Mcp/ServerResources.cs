using System.Text.Json;
using GitWriteOpt.Cli;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Transactions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitWriteOpt.Mcp;

/// <summary>What a client can read: the newest plan that was made here, and transactions.</summary>
internal static class ServerResources
{
    private const string Transactions = "writeopt://tx/";
    private const string Plan = "writeopt://plan";
    private const string Json = "application/json";
    private const int Newest = 20;

    /// <summary>The newest plan and transactions.</summary>
    internal static ListResourcesResult List(ServerSession session) => new()
    {
        Resources =
        [
            new Resource { Uri = Plan, Name = "plan", Title = "The newest plan of writeopt_plan, null before the first", MimeType = Json },
            .. session.Repositories.SelectMany(root =>
            {
                using var writer = Writer.Open(root);
                return writer.Log(new LogQuery(Newest)).Select(t => new Resource
                {
                    Uri = Transactions + t.Transaction,
                    Name = t.Transaction,
                    Title = $"{Spelling.Of(t.Kind)}, {t.Files} file(s)",
                    MimeType = Json,
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
                MimeType = Json,
            },
        ],
    };

    /// <summary>Reads one.</summary>
    /// <exception cref="McpProtocolException">There is none of this name.</exception>
    internal static ReadResourceResult Read(string uri, ServerSession session)
    {
        // Some clients make "writeopt://plan/" of it, since what follows the slashes is a host to them.
        if (uri.TrimEnd('/') == Plan)
        {
            return Text(uri, session.NewestPlan?.GetRawText() ?? "null");
        }

        foreach (var root in uri.StartsWith(Transactions, StringComparison.Ordinal) ? session.Repositories : [])
        {
            using var writer = Writer.Open(root);
            try
            {
                var found = writer.Find(uri[Transactions.Length..]);
                var answer = ShowAnswer.Of(found, ForModel.Of(writer.Files(found))) with
                {
                    Message = "",
                    Session = found.Session is null ? null : Quoting.Line(found.Session),
                    Step = found.Step is null ? null : Quoting.Line(found.Step),
                };
                return Text(uri, JsonSerializer.Serialize(answer, AnswerJson.Default.ShowAnswer));
            }
            catch (UsageException)
            {
                // Maybe it is in the next one.
            }
        }

        throw new McpProtocolException("there is no such resource", McpErrorCode.ResourceNotFound);
    }

    private static ReadResourceResult Text(string uri, string text) => new()
    {
        Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = text }],
    };
}

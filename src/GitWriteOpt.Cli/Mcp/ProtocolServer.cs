using System.Text.Json;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitWriteOpt.Cli.Mcp;

/// <summary>
/// The server on standard input and output. It serves the repositories that were named when it was started and no others;
/// what it writes belongs to one session, so that protected paths are refused and a rollback cannot reach beyond it.
/// </summary>
internal static class ProtocolServer
{
    /// <summary>Serves until the client closes the connection.</summary>
    /// <param name="repositories">The roots of the worktrees.</param>
    /// <param name="version">Ours.</param>
    internal static void Run(IReadOnlyList<string> repositories, string version)
    {
        var session = Environment.GetEnvironmentVariable("WRITEOPT_SESSION") is { Length: > 0 } given ? given
            : $"mcp-{Guid.NewGuid():N}"[..20];
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "git-writeopt", Title = "git writeopt", Version = version },
            ServerInstructions = "Write several files with one writeopt_apply: it is all or nothing and has one undo.",
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability(), Resources = new ResourcesCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult
                {
                    Tools = [.. ServerTools.All.Select(t => t.ToProtocol())],
                }),
                CallToolHandler = (request, _) => ValueTask.FromResult(Call(request, repositories, session)),
                ListResourcesHandler = (_, _) => ValueTask.FromResult(ServerResources.List(repositories)),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(ServerResources.Templates()),
                ReadResourceHandler = (request, _) => ValueTask.FromResult(ServerResources.Read(request.Params?.Uri ?? "", repositories)),
            },
        };
        var server = McpServer.Create(new StdioServerTransport(options), options);
        try
        {
            server.RunAsync().GetAwaiter().GetResult();
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static CallToolResult Call(RequestContext<CallToolRequestParams> request, IReadOnlyList<string> repositories, string session)
    {
        var tool = ServerTools.All.FirstOrDefault(t => t.Name == request.Params?.Name)
            ?? throw new McpException($"there is no tool \"{request.Params?.Name}\"");
        var arguments = request.Params?.Arguments is { } given
            ? given.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal) : [];
        try
        {
            return Result(tool.Call(new ToolCallContext(arguments, repositories, session, Progress(request))));
        }
        catch (RefusedException cause)
        {
            return Result(Refused(cause.All));
        }
        catch (WriteException cause)
        {
            return Result(Refused([cause.Error]));
        }
    }

    private static ToolAnswer Refused(IReadOnlyList<WriteError> errors) => new(
        JsonSerializer.SerializeToElement(OutcomeAnswer.Refused(errors), AnswerJson.Default.OutcomeAnswer), true);

    private static CallToolResult Result(ToolAnswer answer) => new()
    {
        StructuredContent = answer.Json,
        Content = [new TextContentBlock { Text = answer.Json.GetRawText() }],
        IsError = answer.IsError,
    };

    private static Action<int, int>? Progress(RequestContext<CallToolRequestParams> request) =>
        request.Params?.ProgressToken is not { } token ? null : (done, all) =>
            request.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = done, Total = all })
                .GetAwaiter().GetResult();
}

using System.Reflection;
using System.Text.Json;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitWriteOpt.Mcp;

/// <summary>
/// The server on standard input and output. Calls are answered as they come, several at a time; those that write wait for
/// one another at the worktree's lock.
/// </summary>
internal static class ProtocolServer
{
    /// <summary>Serves until the client closes the connection.</summary>
    internal static async Task Run(ServerSession session)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "git-writeopt", Title = "git writeopt", Version = Version() },
            ServerInstructions = "Write several files with one writeopt_apply: it is all or nothing and has one undo.",
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability(), Resources = new ResourcesCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult
                {
                    Tools = [.. ServerTools.All.Select(t => t.ToProtocol())],
                }),
                CallToolHandler = (request, _) => Call(request, session),
                ListResourcesHandler = (_, _) => Aside(() => ServerResources.List(session)),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(ServerResources.Templates()),
                ReadResourceHandler = (request, _) => Aside(() => ServerResources.Read(request.Params?.Uri ?? "", session)),
            },
        };
        var server = McpServer.Create(new LineTransport(Console.OpenStandardInput(), Console.OpenStandardOutput()), options);
        await using (server.ConfigureAwait(false))
        {
            await server.RunAsync().ConfigureAwait(false);
        }
    }

    // Off the thread that reads messages, which answers pings meanwhile.
    private static ValueTask<T> Aside<T>(Func<T> answer) => new(Task.Run(answer));

    private static async ValueTask<CallToolResult> Call(RequestContext<CallToolRequestParams> request, ServerSession session)
    {
        var tool = ServerTools.All.FirstOrDefault(t => t.Name == request.Params?.Name)
            ?? throw new McpProtocolException($"there is no tool \"{Quoting.Line(request.Params?.Name ?? "")}\"", McpErrorCode.InvalidParams);
        var arguments = request.Params?.Arguments is { } given
            ? given.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal) : [];
        try
        {
            var progress = new ProgressReports(request);
            await using (progress.ConfigureAwait(false))
            {
                return Result(await Aside(() => tool.Call(new ToolCallContext(arguments, session, progress.Report))).ConfigureAwait(false));
            }
        }
        catch (RefusedException cause)
        {
            return Refused(cause.All, tool);
        }
        catch (WriteException cause)
        {
            return Refused([cause.Error], tool);
        }
    }

    // Clients hold structured answers against the tool's schema, errors too.
    private static CallToolResult Refused(IReadOnlyList<WriteError> errors, ToolDefinition tool)
    {
        var result = Result(new ToolAnswer(JsonSerializer.SerializeToElement(
            OutcomeAnswer.Refused([.. errors.Select(ForModel.Of)]), AnswerJson.Default.OutcomeAnswer), true));
        if (tool.Output != ToolSchemas.Outcome)
        {
            result.StructuredContent = null;
        }

        return result;
    }

    private static CallToolResult Result(ToolAnswer answer) => new()
    {
        StructuredContent = answer.Json,
        Content = [new TextContentBlock { Text = answer.Json.GetRawText() }],
        IsError = answer.IsError,
    };

    private static string Version() => typeof(ProtocolServer).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}

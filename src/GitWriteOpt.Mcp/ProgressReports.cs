using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitWriteOpt.Mcp;

/// <summary>
/// Tells a client how far a call is. A transaction reports from many threads and must not wait for a pipe: only the newest
/// report is kept until it can be sent, and what would go backwards is left out.
/// </summary>
internal sealed class ProgressReports : IAsyncDisposable
{
    private const int Phases = 2;

    private readonly Channel<(int Done, int Total)> _newest = Channel.CreateBounded<(int, int)>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Task _sending;

    /// <summary>Begins to send to the client, if it has asked for it.</summary>
    internal ProgressReports(RequestContext<CallToolRequestParams> request) =>
        _sending = request.Params?.ProgressToken is { } token ? Send(request.Server, token) : Task.CompletedTask;

    /// <summary>Takes a report: files are first staged, then swapped in.</summary>
    internal void Report(string phase, int done, int all) =>
        _newest.Writer.TryWrite((phase == "swap" ? all + done : done, all * Phases));

    /// <summary>Sends what is left: nothing comes after the answer.</summary>
    public async ValueTask DisposeAsync()
    {
        _newest.Writer.TryComplete();
        await _sending.ConfigureAwait(false);
    }

    private async Task Send(McpServer server, ProgressToken token)
    {
        var last = 0;
        await foreach (var (done, total) in _newest.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (done > last)
            {
                last = done;
                await server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = done, Total = total })
                    .ConfigureAwait(false);
            }
        }
    }
}

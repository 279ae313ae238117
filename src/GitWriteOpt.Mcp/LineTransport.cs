using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitWriteOpt.Mcp;

/// <summary>
/// Messages on two streams, one a line. Unlike the SDK's own, it ends only when all that was asked is answered: a script
/// that writes its requests and closes its end gets its answers, and a client that goes away half-way leaves nothing half done.
/// </summary>
internal sealed class LineTransport : ITransport
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(2);
    private static readonly JsonTypeInfo<JsonRpcMessage> Json = Known<JsonRpcMessage>();

    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>();
    private readonly HashSet<RequestId> _unanswered = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Stream _output;
    private bool _inputEnded;

    /// <summary>Begins to read.</summary>
    internal LineTransport(Stream input, Stream output)
    {
        _output = output;

        // Reading a console blocks: a thread of its own, so that no pool's thread is lost to it.
        _ = Task.Factory.StartNew(() => Read(input), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, Json), (byte)'\n'];
            await _output.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The client is gone; its input ends too, and with it the server.
        }
        finally
        {
            _writing.Release();
            if (message is JsonRpcResponse or JsonRpcError)
            {
                Settle(((JsonRpcMessageWithId)message).Id);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _messages.Writer.TryComplete();
        _writing.Dispose();
        await _output.DisposeAsync().ConfigureAwait(false);
    }

    private void Read(Stream input)
    {
        try
        {
            using var lines = new StreamReader(input, new UTF8Encoding(false));
            while (lines.ReadLine() is { } line)
            {
                if (Parse(line) is { } message)
                {
                    Note(message);
                    _messages.Writer.TryWrite(message);
                }
            }
        }
        catch (IOException)
        {
            // As if it had ended.
        }

        lock (_unanswered)
        {
            _inputEnded = true;
            if (_unanswered.Count == 0)
            {
                _answered.TrySetResult();
            }
        }

        _answered.Task.Wait(LongestAnswer);
        _messages.Writer.TryComplete();
    }

    private void Note(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest request)
        {
            lock (_unanswered)
            {
                _unanswered.Add(request.Id);
            }
        }
        else if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: { } parameters }
            && JsonSerializer.Deserialize(parameters, Known<CancelledNotificationParams>()) is { } cancelled)
        {
            Settle(cancelled.RequestId);
        }
    }

    private void Settle(RequestId id)
    {
        lock (_unanswered)
        {
            _unanswered.Remove(id);
            if (_inputEnded && _unanswered.Count == 0)
            {
                _answered.TrySetResult();
            }
        }
    }

    // As the SDK itself reads it, without reflection.
    private static JsonTypeInfo<T> Known<T>() =>
        McpJsonUtilities.DefaultOptions.TryGetTypeInfo(typeof(T), out var type) ? (JsonTypeInfo<T>)type
            : throw new InvalidOperationException($"the SDK does not know {typeof(T).Name}");

    private static JsonRpcMessage? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, Json);
        }
        catch (JsonException)
        {
            return null; // nobody can be answered
        }
    }
}

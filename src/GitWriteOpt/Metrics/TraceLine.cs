using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace GitWriteOpt.Metrics;

/// <summary>One event of a trace: written as a whole when it is disposed of.</summary>
internal sealed class TraceLine : IDisposable
{
    private readonly EventTrace _trace;
    private readonly ArrayBufferWriter<byte> _bytes;
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins an event with what every event of trace2 has.</summary>
    internal TraceLine(EventTrace trace, string kind, string session, DateTimeOffset time)
    {
        _trace = trace;
        _bytes = new ArrayBufferWriter<byte>(256);
        _json = new Utf8JsonWriter(_bytes);
        _json.WriteStartObject();
        Text("event", kind);
        Text("sid", session);
        Text("thread", Environment.CurrentManagedThreadId == 1 ? "main"
            : string.Create(CultureInfo.InvariantCulture, $"th{Environment.CurrentManagedThreadId:00}"));
        Text("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>A field of text.</summary>
    internal void Text(string name, string value) => _json.WriteString(name, value);

    /// <summary>A field of seconds, to the microsecond as trace2 has them.</summary>
    internal void Number(string name, double value) => _json.WriteNumber(name, Math.Round(value, 6));

    /// <summary>A field of a whole number.</summary>
    internal void Whole(string name, int value) => _json.WriteNumber(name, value);

    /// <summary>A field that is true or false.</summary>
    internal void Flag(string name, bool value) => _json.WriteBoolean(name, value);

    /// <summary>A field of words; a URL's user and password do not enter it.</summary>
    internal void List(string name, IReadOnlyList<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(Redacted(value));
        }

        _json.WriteEndArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Dispose();
        _bytes.Write("\n"u8);
        _trace.Write(_bytes.WrittenSpan);
    }

    /// <summary>A word without the user and the password of a URL in it, as trace2 redacts them.</summary>
    internal static string Redacted(string word)
    {
        var scheme = word.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return word;
        }

        var host = word.AsSpan(scheme + 3);
        var end = host.IndexOfAny('/', '?', '#');
        var at = (end < 0 ? host : host[..end]).LastIndexOf('@');
        return at < 0 ? word : string.Concat(word.AsSpan(0, scheme + 3), "<redacted>", host[at..]);
    }
}

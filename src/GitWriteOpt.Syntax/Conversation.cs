using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GitWriteOpt.Syntax;

/// <summary>
/// What is said over standard input and output. In: files, each a line <c>&lt;length in bytes&gt; &lt;kind&gt;</c> (kind:
/// <c>cs</c>, <c>csx</c>, <c>xml</c>, <c>yaml</c> or <c>toml</c>) and then exactly so many bytes. Out: a JSON line for each error,
/// <c>{"file":n,"line":n,"column":n,"message":"...","warning":false}</c>, files counted from 0, columns in bytes from 1, and a line
/// <c>{"done":n}</c> at the end of each file that could be judged, so that what was not parsed is never taken for faultless.
/// <c>{"late":n}</c> in its place: parsing it took more than two seconds of the processor; <c>{"failed":n}</c>: nothing can
/// be said of it.
/// </summary>
internal static class Conversation
{
    private const int LongestFile = 64 << 20;
    private static readonly TimeSpan EachFile = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AllFiles = TimeSpan.FromSeconds(5);

    // Roslyn needs about two milliseconds for a file of the usual size; a large check is not an attack.
    private static readonly TimeSpan MoreForEach = TimeSpan.FromMilliseconds(20);

    /// <summary>Answers until the input ends or all of its time is spent; 0, or 2 where the input cannot be understood.</summary>
    public static int Run(Stream input, Stream output)
    {
        using var buffered = new BufferedStream(output, 1 << 16);
        var parser = new ParserThread();
        for (var file = 0; ReadHeader(input) is { } header; file++)
        {
            if (header.Split(' ') is not [var digits, var kind]
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > LongestFile)
            {
                return 2;
            }

            var bytes = new byte[length];
            if (input.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length)
            {
                return 2;
            }

            if (Environment.CpuUsage.TotalTime > AllFiles + (MoreForEach * file))
            {
                return 0;
            }

            if (!parser.TryRun(() => Errors(kind, bytes), EachFile, out var errors))
            {
                parser = new ParserThread();
                Say(buffered, line => line.WriteNumber("late", file));
            }
            else if (errors is null)
            {
                Say(buffered, line => line.WriteNumber("failed", file));
            }
            else
            {
                Answer(buffered, file, errors);
            }

            buffered.Flush();
        }

        return 0;
    }

    private static void Answer(Stream output, int file, IReadOnlyList<SyntaxError> errors)
    {
        foreach (var error in errors)
        {
            Say(output, line =>
            {
                line.WriteNumber("file", file);
                line.WriteNumber("line", error.Line);
                line.WriteNumber("column", error.Column);
                line.WriteString("message", error.Message);
                line.WriteBoolean("warning", error.IsWarning);
            });
        }

        Say(output, line => line.WriteNumber("done", file));
    }

    // Null: the parser itself failed, and what it failed at need not be an error. The other files are still to be answered.
    private static IReadOnlyList<SyntaxError>? Errors(string kind, byte[] bytes)
    {
        try
        {
            return Parsed(kind, bytes);
        }
        catch (Exception cause) when (cause is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or NullReferenceException or InvalidCastException or FormatException or OverflowException or NotSupportedException)
        {
            return null;
        }
    }

    // A kind that this version does not know is a fault of the installation: the rule then says nothing.
    private static IReadOnlyList<SyntaxError> Parsed(string kind, byte[] bytes) => kind switch
    {
        "cs" or "csx" => CSharpErrors.In(bytes, kind == "csx"),
        "xml" => XmlErrors.In(bytes),
        "yaml" => YamlErrors.In(bytes),
        "toml" => TomlErrors.In(bytes),
        _ => throw new NotSupportedException(kind),
    };

    private static void Say(Stream output, Action<Utf8JsonWriter> fields)
    {
        using (var line = new Utf8JsonWriter(output))
        {
            line.WriteStartObject();
            fields(line);
            line.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string? ReadHeader(Stream input)
    {
        var line = new StringBuilder();
        for (int next; (next = input.ReadByte()) >= 0;)
        {
            if (next == '\n')
            {
                return line.ToString();
            }

            if (line.Append((char)next).Length > 64)
            {
                return "";
            }
        }

        return line.Length == 0 ? null : "";
    }
}

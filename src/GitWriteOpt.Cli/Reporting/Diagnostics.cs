using System.Text;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>What goes to standard error: errors, hints and warnings, in git's manner.</summary>
internal static class Diagnostics
{
    /// <summary>Errors, each with its place and its next step.</summary>
    public static void Errors(IReadOnlyList<WriteError> errors)
    {
        foreach (var error in errors)
        {
            Write("error", Sentence(error));
            if (error.Suggestion is { } suggestion)
            {
                Write("hint", suggestion);
            }
        }
    }

    /// <summary>Things worth knowing, unless quiet.</summary>
    public static void Warnings(IEnumerable<string> warnings, Invocation invocation)
    {
        if (!invocation.Quiet)
        {
            foreach (var warning in warnings)
            {
                Write("warning", warning);
            }
        }
    }

    /// <summary>The last lines of a command of the user's.</summary>
    public static void Said(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Write("  | " + Quoting.Line(line));
        }
    }

    /// <summary>A remark.</summary>
    public static void Note(string text) => Write("note", text);

    /// <summary>An error's message with its place, where the message does not name it already.</summary>
    public static string Sentence(WriteError error)
    {
        // A refusal is about a file, yet its place is that of the operation in the batch.
        var of = error.Category is ErrorCategory.Usage ? "" : " of the batch";
        var place = error.Line is not { } line || Names(error.Message, line) ? ""
            : error.Column is { } column ? $" (line {line}, column {column}{of})" : $" (line {line}{of})";
        var path = error.Path is null || error.Message.Contains(error.Path, StringComparison.Ordinal)
            ? ""
            : Quoting.Path(error.Path) + ": ";
        return path + error.Message + place;
    }

    private static bool Names(string message, int line)
    {
        var at = message.IndexOf($"line {line}", StringComparison.Ordinal);
        var end = at + $"line {line}".Length;
        return at >= 0 && (end == message.Length || !char.IsAsciiDigit(message[end]));
    }

    /// <summary>A defect with all that its finder can use (<c>-v</c>).</summary>
    public static void Details(Exception cause) => Write(Quoting.Text(cause.ToString()));

    private static void Write(string label, string text) => Write($"{label}: {Quoting.Text(text)}");

    private static void Write(string line)
    {
        using var error = StandardStream.Error();
        error.Write(Encoding.UTF8.GetBytes(line + Environment.NewLine));
    }
}

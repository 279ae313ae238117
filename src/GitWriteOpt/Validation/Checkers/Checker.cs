using System.IO.Enumeration;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>What a program said of a file, or of its standard input.</summary>
/// <param name="File">The number of the file among those that it was given.</param>
/// <param name="Message">Its words, one line.</param>
/// <param name="Line">One-based line, or null.</param>
/// <param name="Column">One-based column in bytes, or null.</param>
internal readonly record struct Complaint(int File, string Message, int? Line = null, int? Column = null);

/// <summary>How a program is handed what it shall look at.</summary>
internal enum Feed
{
    /// <summary>One file a run, its path in the place of <c>{}</c> or at the end.</summary>
    EachFile,

    /// <summary>Many files a run.</summary>
    ManyFiles,

    /// <summary>One file a run, on its standard input, without a name.</summary>
    StandardInput,
}

/// <summary>One way to ask a program.</summary>
/// <param name="Programs">Its names on PATH; the first that is there is taken.</param>
/// <param name="Arguments">What it is given; <c>{}</c> stands for the file.</param>
/// <param name="Read">
/// What its answer means: nothing for a file that is well, complaints; null where the answer tells nothing (the program is
/// not what it was taken for, or died).
/// </param>
internal sealed record ToolCall(
    IReadOnlyList<string> Programs, IReadOnlyList<string> Arguments,
    Func<ToolAnswer, IReadOnlyList<string>, IReadOnlyList<Complaint>?> Read)
{
    /// <summary>How it is handed the files.</summary>
    public Feed Feed { get; init; }

    /// <summary>
    /// Whether a leading <c>#!</c> is blanked in the copy: for programs that take options from that line, which could name
    /// code to run (I10).
    /// </summary>
    public bool BlankShebang { get; init; }

    /// <summary>A file that is put beside each copy, so that the program looks no further for its settings.</summary>
    public (string Name, string Text)? Beside { get; init; }
}

/// <summary>One line of the table of checkers: a program that only parses, and the files that it is asked about.</summary>
/// <param name="Info">Its name and severity as a rule.</param>
/// <param name="Language">What the files should be, for messages.</param>
/// <param name="Globs">Their names; with a slash, their paths.</param>
/// <param name="Attempts">
/// Ways to ask, in order: a file that one of them accepts is well, and the words of the first are those that count.
/// </param>
internal sealed record Checker(
    RuleInfo Info, string Language, IReadOnlyList<string> Globs, IReadOnlyList<ToolCall> Attempts)
{
    private const int LongestFile = 4 << 20;

    /// <summary>Interpreters of the <c>#!</c> line that make a file its business, whatever its name.</summary>
    public IReadOnlyList<string> Interpreters { get; init; } = [];

    /// <summary>Contents that it would misread (another dialect, a template): left alone.</summary>
    public Func<ReadOnlyMemory<byte>, bool> PassesOver { get; init; } = static _ => false;

    /// <summary>
    /// A file that must lie in the directory of a file or above it, in the repository, for the checker to be asked; it is not
    /// read. Null for none.
    /// </summary>
    public string? GovernedBy { get; init; }

    /// <summary>Whether the program is the user's own, of whose output nothing is known.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Whether a file is its business. A <c>#!</c> line says more than a name.</summary>
    public bool Covers(RepoPath path, Content content)
    {
        if (content is not Content.Memory { Bytes: { Length: > 0 and <= LongestFile } bytes } || path.Value.Contains("{{", StringComparison.Ordinal))
        {
            return false;
        }

        var interpreter = IsConfigured ? null : Interpreter.Of(bytes.Span);
        return (interpreter is null ? Matches(path) : Interpreters.Contains(interpreter)) && !PassesOver(bytes);
    }

    private bool Matches(RepoPath path)
    {
        foreach (var glob in Globs)
        {
            if (FileSystemName.MatchesSimpleExpression(glob, glob.Contains('/', StringComparison.Ordinal) ? path.Value : path.Name,
                ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }
}

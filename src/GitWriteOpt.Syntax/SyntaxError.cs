namespace GitWriteOpt.Syntax;

/// <summary>An error of syntax.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based, in bytes.</param>
/// <param name="Message">The parser's words.</param>
internal readonly record struct SyntaxError(int Line, int Column, string Message)
{
    /// <summary>Worth a look; the file can be read all the same.</summary>
    public bool IsWarning { get; init; }
}

namespace GitWriteOpt.Operations;

/// <summary>Whose SEARCH/REPLACE blocks they are: decides how a text is found that differs in white space.</summary>
public enum SearchDialect
{
    /// <summary>Aider: uniform shift of indentation, a spurious blank first line, <c>...</c> elision.</summary>
    Aider,

    /// <summary>Cline: lines equal but for surrounding white space, then first and last line of a block of three.</summary>
    Cline,

    /// <summary>Roo: runs of white space and typographic characters are alike, near the line that the block names.</summary>
    Roo,

    /// <summary>The MCP file system server: lines equal but for surrounding white space.</summary>
    Mcp,
}

/// <summary>One SEARCH/REPLACE block. Both texts are whole lines, each with its line feed, except for MCP's.</summary>
/// <param name="Search">The text to find; blank makes or extends a file where the dialect says so.</param>
/// <param name="Replace">The text to put there, literally.</param>
/// <param name="StartLine">One-based line where the text begins in the file before all blocks, or null.</param>
/// <param name="Line">One-based line of the block in the input, or 0.</param>
public sealed record SearchBlock(string Search, string Replace, int? StartLine = null, int Line = 0);

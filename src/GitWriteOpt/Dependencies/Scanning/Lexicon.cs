namespace GitWriteOpt.Dependencies.Scanning;

/// <summary>What a language counts as comments and strings.</summary>
[Flags]
internal enum Lexicon
{
    /// <summary>Double quotes alone.</summary>
    None = 0,

    /// <summary><c>//</c> to the end of the line.</summary>
    SlashComments = 1,

    /// <summary><c>/* */</c>.</summary>
    BlockComments = 2,

    /// <summary>Those nest.</summary>
    NestedComments = 4,

    /// <summary><c>#</c> to the end of the line.</summary>
    HashComments = 8,

    /// <summary>Single quotes hold a string.</summary>
    SingleQuotes = 16,

    /// <summary>Single quotes hold one character; else they are something else (a lifetime, a digit separator).</summary>
    Characters = 32,

    /// <summary>Three quotes hold a string of several lines.</summary>
    TripleQuotes = 64,

    /// <summary>Backticks hold raw text.</summary>
    RawBackticks = 128,

    /// <summary>Backticks hold text with <c>${code}</c> in it.</summary>
    Templates = 256,

    /// <summary><c>/.../</c> where no operand can end.</summary>
    Patterns = 512,

    /// <summary><c>r#"..."#</c>.</summary>
    HashedRaw = 1024,

    /// <summary><c>@"..."</c>, in which a quote is doubled, and raw strings of three quotes or more.</summary>
    Verbatim = 2048,

    /// <summary>Words hold hyphens.</summary>
    Hyphens = 4096,

    /// <summary>Strings go on over the end of the line.</summary>
    LongStrings = 8192,
}

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the bytes.</summary>
    End,

    /// <summary>Letters, digits, <c>_</c>, <c>$</c> and everything that is not ASCII.</summary>
    Word,

    /// <summary>A string's inside.</summary>
    Text,

    /// <summary>Any other byte by itself.</summary>
    Mark,
}

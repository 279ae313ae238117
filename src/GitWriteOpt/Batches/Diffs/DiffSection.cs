namespace GitWriteOpt.Batches.Diffs;

/// <summary>The part of a diff that concerns one file.</summary>
internal sealed class DiffSection
{
    /// <summary>Offset of its first line.</summary>
    public required int Start { get; init; }

    /// <summary>Offset of its first hunk or of its binary part, or of its end.</summary>
    public int BodyStart { get; set; }

    /// <summary>Offset behind its last line.</summary>
    public int End { get; set; }

    /// <summary>What follows <c>diff --git </c>, or null in a plain diff.</summary>
    public string? GitLine { get; init; }

    /// <summary>What follows <c>--- </c>, unquoted and without a time; null where the line is absent.</summary>
    public string? OldLine { get; set; }

    /// <summary>What follows <c>+++ </c>, likewise.</summary>
    public string? NewLine { get; set; }

    /// <summary><c>rename from</c> or <c>copy from</c>.</summary>
    public string? From { get; set; }

    /// <summary><c>rename to</c> or <c>copy to</c>.</summary>
    public string? To { get; set; }

    /// <summary>Whether it is a copy.</summary>
    public bool IsCopy { get; set; }

    /// <summary>Whether there is a <c>new file mode</c> line.</summary>
    public bool IsNew { get; set; }

    /// <summary>Whether there is a <c>deleted file mode</c> line.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether the mode changes.</summary>
    public bool ChangesMode { get; set; }

    /// <summary>Whether a mode is that of a submodule.</summary>
    public bool IsSubmodule { get; set; }

    /// <summary>Whether the header must be written anew: carriage returns, times, quotes of a plain diff.</summary>
    public bool IsUnusual { get; set; }

    /// <summary>Whether its last line lacks its line feed.</summary>
    public bool IsUnterminated { get; set; }

    /// <summary>Whether it has hunks or a binary part.</summary>
    public bool HasBody => BodyStart < End;

    /// <summary>Whether the header alone changes something.</summary>
    public bool HasHeaderChange => From is not null || IsNew || IsDeleted || ChangesMode;
}

namespace GitWriteOpt.Batches;

/// <summary>The formats that a batch can come in.</summary>
public enum BatchFormat
{
    /// <summary>Detected from the content; ambiguous input is an error.</summary>
    Auto,

    /// <summary>The native JSON document or NDJSON.</summary>
    Native,

    /// <summary>Tool calls of coding agents, as JSON.</summary>
    Tools,

    /// <summary>Codex <c>apply_patch</c>.</summary>
    ApplyPatch,

    /// <summary>Unified or git diff.</summary>
    Diff,

    /// <summary>SEARCH/REPLACE blocks of Aider, Cline and Roo.</summary>
    SearchReplace,

    /// <summary>A <c>WorkspaceEdit</c> of the language server protocol.</summary>
    WorkspaceEdit,

    /// <summary>The fixes of a SARIF log.</summary>
    Sarif,

    /// <summary>The JSON output of ast-grep.</summary>
    AstGrep,

    /// <summary>The JSON lines of comby.</summary>
    Comby,

    /// <summary>The transcript of an agent's session, whose writes are made again.</summary>
    Transcript,
}

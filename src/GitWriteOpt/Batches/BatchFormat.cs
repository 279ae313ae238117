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
}

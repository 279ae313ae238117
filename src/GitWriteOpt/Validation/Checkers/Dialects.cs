namespace GitWriteOpt.Validation.Checkers;

/// <summary>Contents that look like a language by their names and are not quite it: a checker would cry wolf.</summary>
internal static class Dialects
{
    private const byte CompiledLua = 0x1b;

    /// <summary>A template, of which a program text is made: Jinja and its kin, ERB and its kin.</summary>
    public static bool IsTemplate(ReadOnlyMemory<byte> bytes) => Has(bytes, "{%"u8, "%}"u8) || Has(bytes, "<%"u8, "%>"u8);

    /// <summary>JSX or Flow, which node does not read by itself, or a template.</summary>
    public static bool IsOtherJavaScript(ReadOnlyMemory<byte> bytes) => IsTemplate(bytes)
        || bytes.Span.IndexOf("@flow"u8) >= 0 || bytes.Span.IndexOf("</"u8) >= 0 || bytes.Span.IndexOf("/>"u8) >= 0;

    /// <summary>A translation of Qt's or a stretch of video, which have the ending of TypeScript, or a template.</summary>
    public static bool IsNoTypeScript(ReadOnlyMemory<byte> bytes) => IsTemplate(bytes)
        || bytes.Span.IndexOf((byte)0) >= 0 || bytes.Span.IndexOf("<!DOCTYPE TS"u8) >= 0 || bytes.Span.StartsWith("<?xml"u8);

    /// <summary>Lua that was compiled already: its bytes would be loaded, not parsed.</summary>
    public static bool IsCompiledLuaOrTemplate(ReadOnlyMemory<byte> bytes) =>
        bytes.Span[0] == CompiledLua || IsTemplate(bytes);

    private static bool Has(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close) =>
        bytes.Span.IndexOf(open) is var at and >= 0 && bytes.Span[at..].IndexOf(close) >= 0;
}

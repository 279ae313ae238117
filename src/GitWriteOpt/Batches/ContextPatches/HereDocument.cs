namespace GitWriteOpt.Batches.ContextPatches;

/// <summary>The shell's here-document, in which models wrap a patch.</summary>
internal static class HereDocument
{
    /// <summary>Whether a line opens one: <c>&lt;&lt;EOF</c>, quoted or not, maybe after the command's name.</summary>
    public static bool IsOpening(string line)
    {
        var text = line.Trim();
        foreach (var command in (ReadOnlySpan<string>)["apply_patch ", "applypatch "])
        {
            text = text.StartsWith(command, StringComparison.Ordinal) ? text[command.Length..].TrimStart() : text;
        }

        return text is "<<EOF" or "<<'EOF'" or "<<\"EOF\"";
    }
}

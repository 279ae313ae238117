using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Validation.Rules.Repository;

/// <summary>Binary files that are new, or that a text becomes. Images, fonts and the like belong to a repository as they are.</summary>
internal sealed class BinaryFile() : ChangeRule(new RuleInfo("binary-file", ErrorCategory.Format, CheckSeverity.Warning,
    "a new binary file other than an image, a font, a sound, a film or a document"))
{
    private const int HeadLength = 8000;

    private static readonly HashSet<string> Assets = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".icns", ".bmp", ".tif", ".tiff", ".psd", ".woff", ".woff2", ".ttf", ".otf",
        ".eot", ".mp3", ".ogg", ".wav", ".flac", ".m4a", ".mp4", ".webm", ".mov", ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".snk", ".mo",
    };

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckedFile file, CheckSubject subject)
    {
        if (file.NewContent is not { } content || Assets.Contains(Path.GetExtension(file.Path.Value)) || !IsBinary(content))
        {
            return [];
        }

        return file.OldContent is { Length: > 0 } before && IsBinary(before) ? []
            : [new Sighting(file.Path, file.OldContent is null ? "a new file is binary: nobody can review or merge it" : "a text became binary: nobody can review or merge it")
            {
                Suggestion = "leave out what a build makes (.gitignore)",
            }];
    }

    private static bool IsBinary(Content content)
    {
        if (content is Content.Memory memory)
        {
            return FileNature.IsBinary(memory.Bytes.Span) && !FileNature.IsWide(memory.Bytes.Span);
        }

        using var stream = content.Open();
        var head = new byte[HeadLength];
        var read = head.AsSpan(0, stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false));
        return FileNature.IsBinary(read) && !FileNature.IsWide(read);
    }
}

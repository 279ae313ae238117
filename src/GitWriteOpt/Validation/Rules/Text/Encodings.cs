using System.Text.Unicode;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>
/// A text that loses its encoding: UTF-8 that is none any more, UTF-16 in place of UTF-8 or the reverse, NUL bytes in
/// text, characters that became U+FFFD.
/// </summary>
internal sealed class Encodings() : ChangeRule(new RuleInfo("encoding", ErrorCategory.Format, CheckSeverity.Error,
    "text that was UTF-8 and is not any more, became UTF-16 or the reverse, has NUL bytes, or lost characters to U+FFFD"))
{
    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckedFile file, CheckSubject subject)
    {
        if (file.NewContent is not { Length: <= Content.StreamingThreshold } content
            || file.OldContent is { Length: > Content.StreamingThreshold })
        {
            return [];
        }

        var now = content.ToMemory().Span;
        return file.OldContent is { } before ? Changed(file, before.ToMemory().Span, now) : New(file, now);
    }

    private static Sighting[] Changed(CheckedFile file, ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (before.IsEmpty || now.IsEmpty || before.SequenceEqual(now))
        {
            return [];
        }

        if (FileNature.IsWide(before) != FileNature.IsWide(now))
        {
            return FileNature.IsWide(now)
                ? FileNature.IsBinary(before) ? [] : [At(file, now, 0, "expected UTF-8, as it was: it became UTF-16")]
                : FileNature.IsUtf8(now) ? [At(file, now, 0, "expected UTF-16, as it was: it became UTF-8") with { Unsure = true }] : [];
        }

        if (FileNature.IsWide(now) || !FileNature.IsUtf8(before))
        {
            return [];
        }

        return now.IndexOf((byte)0) is var nul and >= 0 ? [At(file, now, nul, "expected text, as it was: here is a NUL byte") with { Unsure = true }]
            : Invalid(now) is var bad and >= 0 ? [At(file, now, bad, $"expected UTF-8, as it was: the byte 0x{now[bad]:x2} here is none")]
            : Replaced(file, before, now);
    }

    private static Sighting[] New(CheckedFile file, ReadOnlySpan<byte> now) =>
        FileNature.IsWide(now) || FileNature.IsBinary(now) || Invalid(now) is not (var bad and >= 0) ? []
            : [At(file, now, bad, $"expected UTF-8 in a new file: the byte 0x{now[bad]:x2} here is none") with { Unsure = true }];

    private static Sighting[] Replaced(CheckedFile file, ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        var more = now.Count("\ufffd"u8) - before.Count("\ufffd"u8);
        return more <= 0 ? [] : [At(file, now, now.IndexOf("\ufffd"u8),
            $"{more} character(s) became U+FFFD, which stands for what could not be read") with { Unsure = true }];
    }

    private static int Invalid(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return -1;
        }

        var at = 0;
        while (at < bytes.Length
            && System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            at += used;
        }

        return at < bytes.Length ? at : -1;
    }

    private static Sighting At(CheckedFile file, ReadOnlySpan<byte> bytes, int offset, string message)
    {
        var (line, column) = TextPosition.Of(bytes, offset);
        return new Sighting(file.Path, message, line, column) { Suggestion = "write the file again in the encoding that it had" };
    }
}

using System.Buffers;
using System.Buffers.Text;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches;

/// <summary>Reads what a native <c>write</c> puts into its file: text, base64 or another file's bytes.</summary>
internal static class NativeContent
{
    /// <summary>The content; text verbatim, in UTF-8.</summary>
    public static Content Read(JsonFields fields, BatchContext context)
    {
        if (fields.Find("source") is { } source)
        {
            if (!context.TakesSources)
            {
                throw source.Fault("source-not-taken", $"{fields.Owner} has \"source\", which is not taken here",
                    "give the text itself as \"content\"");
            }

            foreach (var other in (ReadOnlySpan<string>)["content", "encoding"])
            {
                if (fields.Find(other) is { } both)
                {
                    throw both.Fault("exclusive-fields",
                        $"{fields.Owner} has both \"source\" and \"{other}\"", $"leave one of them out");
                }
            }

            return OfFile(source, fields.NeedText("source"), context);
        }

        if (fields.Find("content") is null)
        {
            throw fields.Item.Fault("missing-field", $"{fields.Owner} has neither \"content\" nor \"source\"",
                "add \"content\"; an empty file has the content \"\"");
        }

        var content = fields.NeedString("content");
        return fields.FindText("encoding") switch
        {
            null or "utf-8" => Content.Of(content.Utf8()),
            "base64" => Content.Of(Decoded(content)),
            var other => throw fields.Need("encoding").Fault("unknown-encoding",
                $"there is no encoding \"{other}\"", "the encodings are utf-8 and base64"),
        };
    }

    /// <summary>The executable bit that <c>"mode"</c> asks for.</summary>
    public static bool? Executable(JsonFields fields) => fields.FindText("mode") switch
    {
        null => null,
        "100644" => false,
        "100755" => true,
        var other => throw fields.Need("mode").Fault("bad-mode",
            $"the field \"mode\" of {fields.Owner} must be \"100644\" or \"100755\", not \"{other}\"",
            other == "120000" ? "use the operation \"symlink\" for a link" : null),
    };

    private static ReadOnlyMemory<byte> Decoded(JsonItem content)
    {
        var text = content.Utf8().Span;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done
            ? bytes.AsMemory(0, length)
            : throw content.Fault("bad-base64", "the field \"content\" is not base64 (RFC 4648, padded)");
    }

    private static Content OfFile(JsonItem source, string name, BatchContext context)
    {
        try
        {
            var path = Path.GetFullPath(name, context.SourceDirectory);
            var size = new FileInfo(path).Length;
            return size > Content.StreamingThreshold
                ? new Content.InFile(path, size)
                : Content.Of(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var absent = e is FileNotFoundException or DirectoryNotFoundException
                && !Directory.Exists(Path.Combine(context.SourceDirectory, name));
            var fault = source.Fault(absent ? "missing-source" : "unreadable-source",
                absent ? $"the source file \"{name}\" does not exist"
                    : $"the source file \"{name}\" cannot be read: {e.Message}",
                $"relative names are looked up in {context.SourceDirectory}");
            throw new UsageException(fault.Error, e);
        }
    }
}

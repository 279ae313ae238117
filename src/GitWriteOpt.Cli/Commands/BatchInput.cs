using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Cli.Commands;

/// <summary>The batches that apply and plan read: files in order, <c>-</c> for standard input; together one batch.</summary>
internal static class BatchInput
{
    private const string StandardInput = "-";

    /// <summary>Reads and joins them.</summary>
    /// <exception cref="UsageException">There is none, or one cannot be read or parsed; the message names it.</exception>
    public static Batch Read(
        IReadOnlyList<string> names, BatchFormat format, string? since, Invocation invocation, Writer writer)
    {
        if (names.Count == 0)
        {
            names = Console.IsInputRedirected
                ? [StandardInput]
                : throw UsageErrors.Of("no-batch", "no batch was given and standard input is a terminal",
                    "name a file, or pipe a batch in: git writeopt apply < batch.json");
        }

        if (names.Count(n => n == StandardInput) > 1)
        {
            throw UsageErrors.Of("stdin-twice", "standard input (-) can be read once only");
        }

        return BatchReader.Join([.. names.Select(name => One(name, format, since, invocation, writer))]);
    }

    private static Batch One(string name, BatchFormat format, string? since, Invocation invocation, Writer writer)
    {
        var file = name == StandardInput ? null : Path.GetFullPath(Path.Combine(invocation.Directory, name));
        var bytes = file is null ? FromStandardInput() : FromFile(name, file, invocation);
        try
        {
            var context = new BatchContext(writer.Layout.WorktreeRoot, invocation.Directory) { Since = since };
            return BatchReader.Read(bytes, format, context);
        }
        catch (UsageException cause) when (cause.Error is { Path: null, Line: not null })
        {
            throw new UsageException(cause.Error with { Path = file is null ? "<stdin>" : name }, cause);
        }
    }

    private static ReadOnlyMemory<byte> FromStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static byte[] FromFile(string name, string file, Invocation invocation)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "batch-unreadable",
                cause is FileNotFoundException or DirectoryNotFoundException
                    ? $"there is no batch \"{name}\" in {invocation.Directory}"
                    : Directory.Exists(file) ? $"the batch \"{name}\" is a directory"
                    : $"the batch \"{name}\" cannot be read: {cause.Message}")
            {
                Path = name,
                Suggestion = "name a file that holds a batch, or pipe one in and name it -",
            }, cause);
        }
    }
}

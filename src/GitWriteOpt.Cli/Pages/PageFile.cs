using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Pages;

/// <summary>
/// Writes a page whole or not at all: beside its place, then renamed. An earlier page of ours is replaced, any other file
/// only where that is asked for.
/// </summary>
internal static class PageFile
{
    /// <summary>How each of our pages begins.</summary>
    internal const string Mark = "<!DOCTYPE html>\n<!-- git writeopt -->\n";

    /// <summary>Writes it.</summary>
    /// <exception cref="UsageException">Something else is there, or there is no such directory.</exception>
    /// <exception cref="StoreException">It could not be written.</exception>
    internal static void Write(string file, Action<TextWriter> render, bool force)
    {
        if (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw UsageErrors.Of("no-such-directory", $"there is no file to be written at \"{file}\"",
                "name a file in a directory that is there");
        }

        if (!force && File.Exists(file) && !IsOurs(file))
        {
            throw UsageErrors.Of("file-exists", $"\"{file}\" is there and is no report", "--force replaces it");
        }

        var beside = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var writer = new StreamWriter(new FileStream(beside, FileMode.CreateNew, FileAccess.Write)))
            {
                render(writer);
            }

            File.Move(beside, file, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "page-not-written",
                $"\"{file}\" could not be written: {cause.Message}"), cause);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static bool IsOurs(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[Mark.Length];
        return reader.ReadBlock(start) == Mark.Length && start.AsSpan().SequenceEqual(Mark);
    }
}

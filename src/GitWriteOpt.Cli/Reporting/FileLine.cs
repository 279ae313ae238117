using GitWriteOpt.Planning;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A path with the letter that git gives its change: <c> M src/a.cs</c>.</summary>
internal static class FileLine
{
    /// <summary>Prints it.</summary>
    /// <param name="file">The path and its change.</param>
    /// <param name="screen">Where it goes.</param>
    /// <param name="remark">What stands behind it.</param>
    public static void Print(WrittenFile file, Screen screen, string remark = "")
    {
        var (letter, tone) = file.Change switch
        {
            ChangeKind.Added => ("A", Tone.Added),
            ChangeKind.Deleted => ("D", Tone.Deleted),
            ChangeKind.Renamed => ("R", Tone.Modified),
            ChangeKind.Type => ("T", Tone.Modified),
            _ => ("M", Tone.Modified),
        };
        screen.Line(" ", new Piece(letter, tone), " ", file.From is null ? "" : Quoting.Path(file.From) + " -> ",
            Quoting.Path(file.Path), file.Change is ChangeKind.Mode ? " (mode)" : "",
            remark.Length == 0 ? "" : new Piece($"  ({remark})", Tone.Faint));
    }
}

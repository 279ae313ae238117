using System.Globalization;

namespace GitWriteOpt.Metrics;

/// <summary>
/// How a command that may write ended, a line of the <see cref="FigureLog"/>: <c>files bytes milliseconds durability time
/// command state transaction code errors warnings writing</c>, <c>-</c> for what there is none of. Older lines end after the
/// durability.
/// </summary>
/// <param name="Command">apply, resume, rollback, redo, restore, run, recover; recovery for what was cut off.</param>
/// <param name="State">The answer's state, in its public spelling.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="Milliseconds">Wall time of all phases.</param>
/// <param name="Durability">At which it was asked for.</param>
/// <param name="Time">When it ended, in UTC to the millisecond; null where an older version wrote the line.</param>
public sealed record CommandRecord(
    string Command, string State, int Files, long Bytes, double Milliseconds, Durability Durability, DateTimeOffset? Time)
{
    private const int OldColumns = 4;
    private const int Columns = 12;

    /// <summary>The transaction's id, or null.</summary>
    public string? Transaction { get; init; }

    /// <summary>The code of the error, or null.</summary>
    public string? Code { get; init; }

    /// <summary>How many findings of validation were errors.</summary>
    public int Errors { get; init; }

    /// <summary>How many were warnings.</summary>
    public int Warnings { get; init; }

    /// <summary>Milliseconds of the phases that write, after the plan: what single writes are compared with.</summary>
    public double Writing { get; init; }

    /// <summary>The line, without its end.</summary>
    internal string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{Files} {Bytes} {Milliseconds:0.###} {Durability} {Time?.ToUnixTimeMilliseconds() ?? 0} {Command} {State} {Transaction ?? "-"} {Code ?? "-"} {Errors} {Warnings} {Writing:0.###}");

    /// <summary>A line; null where it is none of ours.</summary>
    internal static CommandRecord? Parse(ReadOnlySpan<char> line)
    {
        Span<Range> parts = stackalloc Range[Columns + 1];
        var count = line.Split(parts, ' ');
        var culture = CultureInfo.InvariantCulture;
        if (count is not (OldColumns or Columns) || !int.TryParse(line[parts[0]], culture, out var files)
            || !long.TryParse(line[parts[1]], culture, out var bytes) || !double.TryParse(line[parts[2]], culture, out var milliseconds)
            || DurabilityOf(line[parts[3]]) is not { } durability)
        {
            return null;
        }

        if (count == OldColumns)
        {
            return new CommandRecord("apply", "applied", files, bytes, milliseconds, durability, null);
        }

        return long.TryParse(line[parts[4]], NumberStyles.None, culture, out var time) && time <= MostMilliseconds
            && int.TryParse(line[parts[9]], NumberStyles.None, culture, out var errors)
            && int.TryParse(line[parts[10]], NumberStyles.None, culture, out var warnings)
            && double.TryParse(line[parts[11]], culture, out var writing)
            ? new CommandRecord(line[parts[5]].ToString(), line[parts[6]].ToString(), files, bytes, milliseconds, durability,
                DateTimeOffset.FromUnixTimeMilliseconds(time))
            {
                Transaction = OrNull(line[parts[7]]),
                Code = OrNull(line[parts[8]]),
                Errors = errors,
                Warnings = warnings,
                Writing = writing,
            } : null;
    }

    private static long MostMilliseconds => DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static string? OrNull(ReadOnlySpan<char> text) => text is "-" ? null : text.ToString();

    private static Durability? DurabilityOf(ReadOnlySpan<char> text) => text switch
    {
        nameof(Durability.Full) => Durability.Full,
        nameof(Durability.Batch) => Durability.Batch,
        nameof(Durability.None) => Durability.None,
        _ => null,
    };
}

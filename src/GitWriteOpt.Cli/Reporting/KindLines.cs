using System.Globalization;
using GitWriteOpt.Patterns;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>What each kind of suggestion is worth here, in words.</summary>
internal static class KindLines
{
    /// <summary>One line a kind.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<KindFigures> kinds)
    {
        foreach (var kind in kinds)
        {
            yield return kind.State switch
            {
                KindFigures.On => $"{kind.Kind}: on, {kind.Held} of {kind.Said} held"
                    + (kind.Threshold is { } threshold ? $" from {threshold.ToString("0.00", CultureInfo.InvariantCulture)} on" : ""),
                KindFigures.Off => $"{kind.Kind}: off here, {kind.Held} of {kind.Said} held: too few",
                _ => $"{kind.Kind}: too little here to replay",
            };
        }
    }
}

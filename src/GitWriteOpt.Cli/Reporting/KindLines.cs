using System.Globalization;
using GitWriteOpt.Patterns;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>What each kind of suggestion is worth here, in words.</summary>
internal static class KindLines
{
    /// <summary>One line.</summary>
    public static string Of(KindFigures kind) => kind.State switch
    {
        KindFigures.On => $"{kind.Kind}: on, {kind.Held} of {kind.Said} held"
            + (kind.Threshold is { } threshold ? $" from {threshold.ToString("0.00", CultureInfo.InvariantCulture)} on" : ""),
        KindFigures.Off => $"{kind.Kind}: not offered unasked, only {kind.Held} of {kind.Said} held",
        _ => $"{kind.Kind}: too little here to replay",
    };
}

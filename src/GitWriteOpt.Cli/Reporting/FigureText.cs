using System.Globalization;
using GitWriteOpt.Statistics;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Values of figures for people.</summary>
internal static class FigureText
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>A value with its unit.</summary>
    internal static string Value(double value, string unit) => unit switch
    {
        "share" => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} %"),
        "ms" => Time(value),
        "patterns" or "uses" => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>A value with its unit, or that there is none.</summary>
    internal static string Value(MeasuredFigure figure) => figure.Value is { } value ? Value(value, figure.Unit) : "not measured";

    /// <summary>A trend as bars of eight heights, a blank where nothing was measured; empty where there are less than two points.</summary>
    internal static string Bar(IReadOnlyList<TrendPoint> trend)
    {
        var (least, most, measured) = Bounds(trend);
        if (measured < 2)
        {
            return "";
        }

        var bars = new char[trend.Count];
        for (var i = 0; i < bars.Length; i++)
        {
            bars[i] = trend[i].Value is not { } value ? ' '
                : Bars[most - least <= 0 ? (most == 0 ? 0 : Bars.Length - 1) : (int)Math.Round((value - least) / (most - least) * (Bars.Length - 1))];
        }

        return new string(bars);
    }

    /// <summary>The least and the greatest value, 0 among them, and how many there are.</summary>
    internal static (double Least, double Most, int Measured) Bounds(IReadOnlyList<TrendPoint> trend)
    {
        var (least, most, measured) = (0.0, 0.0, 0);
        foreach (var point in trend)
        {
            if (point.Value is { } value)
            {
                (least, most, measured) = (Math.Min(least, value), Math.Max(most, value), measured + 1);
            }
        }

        return (least, most, measured);
    }

    private static string Time(double milliseconds) => Math.Abs(milliseconds) switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
        < 120_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        < 7_200_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000:0.0} h"),
    };
}

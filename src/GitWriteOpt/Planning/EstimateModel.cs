using GitWriteOpt.Metrics;

namespace GitWriteOpt.Planning;

/// <summary>
/// What a batch will take: seconds = start + perFile * files + perByte * bytes. Fitted to this repository's recorded
/// figures by least squares of the relative errors (normal equations) where there are enough and the fit makes sense: so a
/// large batch does not outweigh many small ones, and one that met a busy disk hardly counts. Else provisional defaults,
/// scaled by the middle one of the ratios to the figures there are.
/// </summary>
/// <param name="Start">Seconds whatever the batch.</param>
/// <param name="PerFile">Seconds a file.</param>
/// <param name="PerByte">Seconds a byte.</param>
/// <param name="Source">Where the numbers come from, in words.</param>
internal sealed record EstimateModel(double Start, double PerFile, double PerByte, string Source)
{
    /// <summary>Fewer figures say too little (transactions).</summary>
    public const int EnoughFigures = 5;

    private const int FewestForBatch = 4;
    private const int MostForBatch = 64;

    /// <summary>
    /// Provisional, until they can be fitted on an idle machine. The start is the quickest of 54 single files at full
    /// durability on ext4 (13.4 ms; the median was 27 ms, the disk was busy). A file of 4 KB comes to 0.16 ms, a little
    /// below the processor time of whole processes with 1,000 of them on tmpfs (165 to 230 ms); how that divides into
    /// files and bytes is assumed. Recorded figures replace all of it after a few transactions.
    /// </summary>
    public static readonly EstimateModel Default = new(0.013, 0.00012, 10e-9, "provisional defaults");

    /// <summary>
    /// From how many files on staging side by side pays: so many as take a millisecond one after another, about eight times
    /// what it costs to start. Quick disks want more files for it, slow ones fewer.
    /// </summary>
    public int FilesForBatch => ReferenceEquals(this, Default) ? StrategyTable.FilesForBatch
        : (int)Math.Clamp(Math.Round(Default.PerFile * StrategyTable.FilesForBatch / Math.Max(PerFile, 1e-9)), FewestForBatch, MostForBatch);

    /// <summary>The estimate, in seconds.</summary>
    public double Seconds(int files, long bytes) => Start + (PerFile * files) + (PerByte * bytes);

    /// <summary>The model that these figures support.</summary>
    public static EstimateModel From(IReadOnlyList<RecordedFigure> figures)
    {
        if (figures.Count < EnoughFigures)
        {
            return Default;
        }

        if (Solve(figures) is [>= 0 and var start, >= 0 and var perFile, >= 0 and var perByte])
        {
            return new EstimateModel(start, perFile, perByte, $"{figures.Count} recorded transactions");
        }

        double[] ratios = [.. figures.Select(f => f.Milliseconds / 1000 / Default.Seconds(f.Files, f.Bytes)).Order()];
        var scale = ratios[ratios.Length / 2];
        return new EstimateModel(Default.Start * scale, Default.PerFile * scale, Default.PerByte * scale,
            $"defaults scaled to {figures.Count} recorded transactions");
    }

    // Gaussian elimination on the 3 by 3 normal equations; bytes in MiB, so that the columns are of one size.
    private static double[]? Solve(IReadOnlyList<RecordedFigure> figures)
    {
        const double MiB = 1 << 20;
        double[][] m = [new double[4], new double[4], new double[4]];
        foreach (var f in figures)
        {
            var seconds = Math.Max(f.Milliseconds / 1000, 1e-6);
            double[] row = [1 / seconds, f.Files / seconds, f.Bytes / MiB / seconds, 1];
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    m[i][j] += row[i] * row[j];
                }
            }
        }

        // What is left of a column by rounding alone: the figures are all of one size.
        double[] negligible = [1e-9 * m[0][0], 1e-9 * m[1][1], 1e-9 * m[2][2]];
        for (var i = 0; i < 3; i++)
        {
            if (Math.Abs(m[i][i]) <= negligible[i])
            {
                return null;
            }

            for (var k = 0; k < 3; k++)
            {
                var factor = k == i ? 0 : m[k][i] / m[i][i];
                for (var j = i; j < 4; j++)
                {
                    m[k][j] -= factor * m[i][j];
                }
            }
        }

        return [m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2] / MiB];
    }
}

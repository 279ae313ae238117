using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary><c>state.json</c>: how far the history was mined, and what the replay found.</summary>
/// <param name="Format">The version of the tree's format.</param>
/// <param name="Tip">The newest commit that was mined.</param>
/// <param name="Commits">How many commits are kept.</param>
/// <param name="SinceCalibration">How many of them are newer than the last calibration.</param>
/// <param name="Chances">See <see cref="Calibration"/>.</param>
/// <param name="Confidences">See <see cref="Calibration"/>.</param>
/// <param name="Threshold">See <see cref="Calibration"/>.</param>
internal sealed record LearnedState(
    int Format, string Tip, int Commits, int SinceCalibration, double[] Chances, double[] Confidences, double Threshold)
{
    /// <summary>Its path in the tree.</summary>
    internal const string Path = "state.json";

    // 2: commits have authors. 3: chances are those of a RepositoryFit.
    private const int CurrentFormat = 3;

    /// <summary>Commits that made files since templates were mined.</summary>
    public int Additions { get; init; }

    /// <summary>See <see cref="RepositoryFit"/>.</summary>
    public double[] Local { get; init; } = [];

    /// <summary>Whether an older version wrote it, so that something is missing in what is kept.</summary>
    internal bool IsOld => Format < CurrentFormat;

    /// <summary>The commit that was mined last.</summary>
    internal ObjectId TipId => ObjectId.Parse(Tip);

    /// <summary>The calibration that was found.</summary>
    internal Calibration ToCalibration() => new(Chances, Confidences, Threshold) { Local = new RepositoryFit(Local) };

    /// <summary>Of what was just mined.</summary>
    internal static LearnedState Of(ObjectId tip, int commits, int sinceCalibration, Calibration calibration) =>
        new(CurrentFormat, tip.ToString(), commits, sinceCalibration, [.. calibration.Chances],
            [.. calibration.Confidences], calibration.Threshold)
        {
            Local = [.. calibration.Local.Weights],
        };

    /// <summary>Its bytes.</summary>
    internal byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, PatternJson.Readable.LearnedState), (byte)'\n'];

    /// <summary>Reads it; null where it is not there.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    /// <exception cref="RefusedException"><c>newer-patterns</c>: a newer version wrote it.</exception>
    internal static LearnedState? TryRead(PatternTree tree)
    {
        if (tree.TryRead(Path) is not { } bytes)
        {
            return null;
        }

        var state = JsonSerializer.Deserialize(bytes, PatternJson.Default.LearnedState);
        if (state is { Format: > CurrentFormat })
        {
            throw new RefusedException(new WriteError(ErrorCategory.Format, "newer-patterns",
                $"{RefNames.Patterns} has format {state.Format}; this version reads up to {CurrentFormat}")
            {
                Suggestion = "update git-writeopt, or git update-ref -d " + RefNames.Patterns,
            });
        }

        return state is { Tip: not null, Chances.Length: > 0 } && state.Chances.Length == state.Confidences?.Length
            && (state.IsOld || state.Local?.Length == RepositoryFit.Signs + 1) && ObjectId.TryParse(state.Tip, out _) ? state : throw new JsonException($"{Path} lacks what it should have");
    }
}

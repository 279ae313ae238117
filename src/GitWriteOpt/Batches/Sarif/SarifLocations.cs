using GitWriteOpt.Batches.Json;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.Sarif;

/// <summary>
/// Resolves the artifact locations of a run: <c>index</c> into its artifacts, and <c>uriBaseId</c> through
/// <c>originalUriBaseIds</c>. A base that the log does not resolve is the worktree's root.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="context">What names are relative to.</param>
internal sealed class SarifLocations(JsonFields run, BatchContext context)
{
    // Bases may have bases; more than this are a circle.
    private const int Deepest = 16;

    /// <summary>The file of a location.</summary>
    public RepoPath Path(JsonFields location)
    {
        if (location.Find("uri") is null && location.FindNumber("index", 0) is { } index)
        {
            location = Artifact(location, index);
        }

        var uri = location.NeedString("uri");
        return JsonFields.PathAt(uri.Tape.Input, uri.Offset, Resolved(location, Deepest), context);
    }

    private JsonFields Artifact(JsonFields location, int index)
    {
        var artifacts = run.Find("artifacts") is null ? [] : run.NeedObjects("artifacts", "the artifact");
        return index < artifacts.Count
            ? artifacts[index].NeedObject("location", "the artifact's location")
            : throw location.Need("index").Fault("missing-artifact",
                $"the run has no artifact {index}, only {artifacts.Count}");
    }

    private string Resolved(JsonFields location, int depth)
    {
        var uri = location.NeedString("uri");
        var path = FileUri.PathOf(uri, uri.Text());
        if (location.FindText("uriBaseId") is not { } id || System.IO.Path.IsPathFullyQualified(path))
        {
            return path;
        }

        if (depth == 0)
        {
            throw location.Need("uriBaseId").Fault("circular-base", $"the base \"{id}\" refers to itself");
        }

        var bases = run.FindObject("originalUriBaseIds", "the bases");
        if (bases?.FindObject(id, $"the base \"{id}\"") is not { } given || given.Find("uri") is null)
        {
            return path;
        }

        var prefix = Resolved(given, depth - 1);
        return prefix.Length == 0 || prefix.EndsWith('/') ? prefix + path : prefix + "/" + path;
    }
}

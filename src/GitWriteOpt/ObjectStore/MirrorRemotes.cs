namespace GitWriteOpt.ObjectStore;

/// <summary>A remote whose configuration would publish or prune our hidden refs.</summary>
/// <param name="Remote">Its name.</param>
/// <param name="Why">The configuration that does it, as a sentence's part.</param>
/// <param name="Remedy">The exact command that helps.</param>
public sealed record MirrorRemote(string Remote, string Why, string Remedy);

/// <summary>
/// Finds them: <c>remote.*.mirror</c>, and push and fetch refspecs that cover <c>refs/writeopt/</c> such as
/// <c>+refs/*:refs/*</c>, unless a negative refspec leaves ours out. Hidden refs hold what was never committed.
/// </summary>
public static class MirrorRemotes
{
    /// <summary>A negative refspec that leaves ours out.</summary>
    private const string Without = "^" + RefNames.Root + "*";

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<MirrorRemote> Of(GitConfig config)
    {
        var found = new List<MirrorRemote>();
        foreach (var remote in config.Keys("remote.").Where(k => k.LastIndexOf('.') > "remote.".Length)
            .Select(k => k["remote.".Length..k.LastIndexOf('.')]).Distinct().Order(StringComparer.Ordinal))
        {
            foreach (var direction in (string[])["push", "fetch"])
            {
                var key = $"remote.{remote}.{direction}";
                var specs = config.All(key).Select(e => e.Value ?? "").ToList();
                var isMirror = direction == "push" && config.GetBool($"remote.{remote}.mirror", whereNotSet: false);
                var covering = isMirror ? $"remote.{remote}.mirror=true" : specs.Find(Covers) is { } spec ? $"{key}={spec}" : null;
                if (covering is not null && !specs.Contains(Without))
                {
                    found.Add(new MirrorRemote(remote, covering, Remedy(remote, key, isMirror)));
                }
            }
        }

        return found;
    }

    // A mirror pushes all refs whatever else is configured, so it has to become an ordinary push of all refs but ours.
    private static string Remedy(string remote, string key, bool isMirror) => isMirror
        ? $"git config --unset-all remote.{remote}.mirror && git config --add {key} '+refs/*:refs/*' && git config --add {key} '{Without}'"
        : $"git config --add {key} '{Without}'";

    // Either side: what a fetch writes to our names, with --prune, removes ours.
    private static bool Covers(string spec) => !spec.StartsWith('^')
        && spec.TrimStart('+').Split(':').Any(side => side.StartsWith(RefNames.Root.TrimEnd('/'), StringComparison.Ordinal)
            || (side.EndsWith('*') && RefNames.Root.StartsWith(side[..^1], StringComparison.Ordinal) && side.Length > 1));
}

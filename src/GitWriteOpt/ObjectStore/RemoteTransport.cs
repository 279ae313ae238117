using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Carries refs to and from a remote on git's own wires. git runs in a private repository that borrows our objects, so
/// that nothing in the repository's own configuration (a credential helper, an ssh command, a proxy, an upload program, an
/// <c>ext::</c> address) can make it run a program (I10): of that configuration only the remote's addresses are read. The
/// system's and the user's configuration hold as they do for every git, and so do ssh and password prompts as the caller's
/// environment has them. What a remote says is told in git's words.
/// </summary>
/// <param name="layout">The repository.</param>
/// <param name="config">Its configuration.</param>
/// <param name="mayPrompt">Whether somebody sits at a terminal who can be asked for a password.</param>
internal sealed class RemoteTransport(RepositoryLayout layout, GitConfig config, bool mayPrompt)
{
    private const string TrueVariable = "GIT_WRITEOPT_TRUE";
    private static readonly TimeSpan TimeLimit = TimeSpan.FromHours(2);

    // How ssh, TLS and proxies are to be used is the caller's business.
    private static readonly string[] HandedOn =
    [
        "GIT_SSH_COMMAND", "GIT_SSH", "GIT_SSH_VARIANT", "GIT_PROXY_COMMAND", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
        "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_SSL_NO_VERIFY", "GIT_HTTP_USER_AGENT",
    ];

    /// <summary>Makes the remote's refs point at these commits, whatever they pointed at.</summary>
    /// <exception cref="UsageException">There is no such remote.</exception>
    /// <exception cref="StoreException">The remote, or git on the way there, refused.</exception>
    internal void Push(string remote, IReadOnlyList<RefEntry> refs)
    {
        foreach (var address in Addresses(remote, forPush: true))
        {
            using var here = PrivateRepository.Make(layout, []);
            Git(here, []).Run(
            [
                "push", "--quiet", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no", "--", address,
                .. refs.Select(r => $"+{r.Id}:{r.Name}"),
            ]);
        }
    }

    /// <summary>Fetches the refs of the remote that a pattern names; no ref of ours is changed.</summary>
    /// <param name="remote">A configured remote, or an address.</param>
    /// <param name="pattern">A ref, or a prefix with <c>*</c> at its end.</param>
    /// <param name="tips">Commits that need not be sent.</param>
    /// <returns>The refs that the remote has; their objects are here now.</returns>
    /// <exception cref="UsageException">There is no such remote.</exception>
    /// <exception cref="StoreException">The remote, or git on the way there, refused.</exception>
    internal IReadOnlyList<RefEntry> Fetch(string remote, string pattern, IEnumerable<ObjectId> tips)
    {
        using var here = PrivateRepository.Make(layout, []);
        Git(here, [("GIT_OBJECT_DIRECTORY", layout.ObjectsDirectory)]).Run(
        [
            "--config-env=transfer.fsckObjects=" + TrueVariable, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
            "--no-recurse-submodules", "--no-auto-maintenance", .. tips.Select(t => $"--negotiation-tip={t}"), "--",
            Addresses(remote, forPush: false)[0], $"+{pattern}:{pattern}",
        ]);
        return new RefStore(here.Layout).List(RefNames.Root);
    }

    /// <summary>Whether a remote of this name is configured: an address has no remote-tracking refs.</summary>
    internal bool IsConfigured(string remote) => config.All($"remote.{remote}.url").Count > 0;

    private List<string> Addresses(string remote, bool forPush)
    {
        List<string> found = [.. (forPush ? config.All($"remote.{remote}.pushurl") : []).Select(e => e.Value ?? "")];
        if (found.Count == 0)
        {
            found.AddRange(config.All($"remote.{remote}.url").Select(e => e.Value ?? ""));
        }

        if (found.Count == 0 && (remote.Contains('/', StringComparison.Ordinal) || remote.Contains(':', StringComparison.Ordinal)))
        {
            found.Add(remote);
        }

        return found.Count > 0 ? found : throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-remote",
            $"there is no remote \"{remote}\"")
        {
            Suggestion = "git remote -v lists them",
        });
    }

    private GitProcess Git(PrivateRepository here, IEnumerable<(string Name, string Value)> more)
    {
        var caller = CallerEnvironment.OfProcess();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GIT_ALLOW_PROTOCOL"] = caller["GIT_ALLOW_PROTOCOL"] ?? "file:git:http:https:ssh",
            ["GIT_TERMINAL_PROMPT"] = mayPrompt ? caller["GIT_TERMINAL_PROMPT"] ?? "1" : "0",
            ["GIT_ASKPASS"] = caller["GIT_ASKPASS"] ?? caller["SSH_ASKPASS"] ?? "",
            [TrueVariable] = "true",
        };
        foreach (var name in HandedOn)
        {
            if (caller[name] is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        // A relative path is relative to the worktree, as for git.
        return new GitProcess(here.Layout, TimeLimit) { Environment = variables, WorkingDirectory = layout.WorktreeRoot };
    }
}

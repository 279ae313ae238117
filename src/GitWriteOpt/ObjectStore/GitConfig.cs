using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// git's configuration as it is effective for a worktree, with the scope that each value comes from. Scopes are read
/// when they are first needed, the strongest first, by own code; where that code does not understand something
/// (<c>includeIf</c>, <c>GIT_CONFIG_COUNT</c>, <c>git -c</c>, a malformed file, a system other than Linux),
/// <c>git config --list</c> is asked, once. A snapshot: what changes later is not seen. Not thread-safe.
/// </summary>
public sealed class GitConfig
{
    private static readonly ConfigScope[] StrongestFirst =
        [ConfigScope.Command, ConfigScope.Worktree, ConfigScope.Local, ConfigScope.Global, ConfigScope.System];

    private readonly string _gitDirectory;
    private readonly string _commonDirectory;
    private readonly CallerEnvironment _environment;
    private readonly ConfigFiles _files;
    private readonly Dictionary<ConfigScope, List<ConfigEntry>> _scopes = [];

    internal GitConfig(string gitDirectory, string commonDirectory, CallerEnvironment environment)
    {
        _gitDirectory = gitDirectory;
        _commonDirectory = commonDirectory;
        _environment = environment;
        _files = new ConfigFiles(gitDirectory, commonDirectory, environment);
        if (!OperatingSystem.IsLinux()
            || environment.FirstSet("GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT") is not null)
        {
            AskGit();
        }
    }

    /// <summary>Whether git was asked, since own code did not understand a file or the environment.</summary>
    public bool AskedGit { get; private set; }

    /// <summary>The configuration of a repository; reads nothing yet.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="environment">Whose <c>HOME</c> and <c>GIT_CONFIG_*</c> count; null for this process's.</param>
    public static GitConfig Open(RepositoryLayout layout, CallerEnvironment? environment = null) =>
        new(layout.GitDirectory, layout.CommonDirectory, environment ?? CallerEnvironment.OfProcess());

    /// <summary>The effective value (an empty text for a name without a value), or null where it is not set.</summary>
    /// <exception cref="UsageException">git cannot read the configuration; the message has its words.</exception>
    public string? Get(string key) => Find(key, trustedOnly: false) is { } entry ? entry.Value ?? "" : null;

    /// <summary>
    /// The effective value of the scopes that a repository, an agent or a pull cannot change: command, global, system
    /// (I10). To be used for everything that makes us run a program.
    /// </summary>
    public string? GetTrusted(string key) => Find(key, trustedOnly: true) is { } entry ? entry.Value ?? "" : null;

    /// <summary>The effective value as a truth value.</summary>
    /// <exception cref="UsageException">It is not one.</exception>
    public bool GetBool(string key, bool whereNotSet)
    {
        if (Find(key, trustedOnly: false) is not { } entry)
        {
            return whereNotSet;
        }

        return ConfigValue.TryBool(entry.Value, out var value)
            ? value
            : throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config-value",
                $"the configuration has {key} = \"{entry.Value}\" ({entry.Scope} scope); expected true or false")
            {
                Suggestion = $"git config --show-origin --get-all {key}",
            });
    }

    /// <summary>All values of a key with several, the weakest scope first, as <c>git config --get-all</c>.</summary>
    public IReadOnlyList<ConfigEntry> All(string key)
    {
        var wanted = ConfigEntry.Normalise(key);
        return [.. Everything().Where(entry => entry.Key == wanted)];
    }

    /// <summary>The distinct keys that begin with a prefix (section in lower case, for example <c>filter.</c>).</summary>
    public IReadOnlyCollection<string> Keys(string prefix)
    {
        var keys = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var entry in Everything())
        {
            if (entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                keys[entry.Key] = true;
            }
        }

        return keys.Keys;
    }

    private IEnumerable<ConfigEntry> Everything()
    {
        // All scopes are read before the first entry is given: reading one can mean that git replaces them all.
        foreach (var scope in StrongestFirst)
        {
            Entries(scope);
        }

        return StrongestFirst.Reverse().SelectMany(Entries);
    }

    private ConfigEntry? Find(string key, bool trustedOnly)
    {
        var wanted = ConfigEntry.Normalise(key);
        foreach (var scope in StrongestFirst)
        {
            if (!(trustedOnly && scope is ConfigScope.Local or ConfigScope.Worktree)
                && Entries(scope).FindLast(entry => entry.Key == wanted) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private List<ConfigEntry> Entries(ConfigScope scope)
    {
        if (_scopes.TryGetValue(scope, out var known))
        {
            return known;
        }

        var entries = scope == ConfigScope.Worktree && !HasWorktreeConfig() ? [] : _files.Read(scope);
        if (entries is null)
        {
            AskGit();
            return _scopes[scope];
        }

        return _scopes[scope] = entries;
    }

    private bool HasWorktreeConfig() =>
        Entries(ConfigScope.Local).FindLast(entry => entry.Key == "extensions.worktreeconfig") is { } extension
        && ConfigValue.TryBool(extension.Value, out var enabled) && enabled;

    private void AskGit()
    {
        AskedGit = true;
        var answer = new GitProcess(layout: null)
        {
            Caller = _environment,
            WithoutSettings = true,
            WorkingDirectory = _gitDirectory,
            Environment = new Dictionary<string, string>
            {
                ["GIT_DIR"] = _gitDirectory,
                ["GIT_COMMON_DIR"] = _commonDirectory,
            },
        }.Try(["config", "--list", "-z", "--show-scope"]);
        if (answer.ExitCode != 0)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config",
                $"git cannot read its configuration: {answer.ErrorText.Trim()}")
            {
                Suggestion = "mend the file that it names",
            });
        }

        foreach (var scope in StrongestFirst)
        {
            _scopes[scope] = [];
        }

        // Pairs of "<scope> NUL <key> LF <value> NUL"; a name without a value has no LF.
        var fields = Encoding.UTF8.GetString(answer.Output).Split('\0');
        for (var i = 0; i + 1 < fields.Length; i += 2)
        {
            if (Enum.TryParse<ConfigScope>(fields[i], ignoreCase: true, out var scope))
            {
                var line = fields[i + 1];
                var end = line.IndexOf('\n', StringComparison.Ordinal);
                _scopes[scope].Add(new ConfigEntry(scope, end < 0 ? line : line[..end], end < 0 ? null : line[(end + 1)..]));
            }
        }
    }
}

namespace GitWriteOpt.ObjectStore;

/// <summary>Where a value of git's configuration comes from, the weakest first.</summary>
public enum ConfigScope
{
    /// <summary>The machine's, <c>/etc/gitconfig</c>.</summary>
    System,

    /// <summary>The user's, <c>~/.gitconfig</c> and <c>$XDG_CONFIG_HOME/git/config</c>.</summary>
    Global,

    /// <summary>The repository's: whoever can change it could be anybody (I10).</summary>
    Local,

    /// <summary>The worktree's, <c>config.worktree</c>: as little trusted as <see cref="Local"/>.</summary>
    Worktree,

    /// <summary>The command line's, <c>git -c</c> and <c>GIT_CONFIG_*</c>.</summary>
    Command,
}

/// <summary>One setting.</summary>
/// <param name="Scope">Where it comes from.</param>
/// <param name="Key">Section and name in lower case, the subsection between them as it is written.</param>
/// <param name="Value">Its value; null where the file has the name alone, which means true.</param>
public sealed record ConfigEntry(ConfigScope Scope, string Key, string? Value)
{
    /// <summary>Section and name in lower case, the subsection as it is.</summary>
    public static string Normalise(string key)
    {
        var first = key.IndexOf('.', StringComparison.Ordinal);
        var last = key.LastIndexOf('.');
        return first < 0 || first == last
            ? Lower(key)
            : string.Concat(Lower(key[..first]), key.AsSpan(first, last - first), Lower(key[last..]));
    }

    private static string Lower(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });
}

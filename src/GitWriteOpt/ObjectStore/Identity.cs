using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>Who makes a transaction: goes into the commits as author and committer.</summary>
/// <param name="Name">Without the characters that git strips.</param>
/// <param name="Email">Likewise, without angle brackets.</param>
/// <param name="IsFallback">Whether a part of it had to be made up: worth a warning.</param>
public sealed record Identity(string Name, string Email, bool IsFallback)
{
    /// <summary>The name where the user has none.</summary>
    public const string FallbackName = "git-writeopt";

    /// <summary>The address where the user has none.</summary>
    public const string FallbackEmail = "git-writeopt@localhost";

    /// <summary>
    /// The user's identity, as git finds an author: <c>GIT_AUTHOR_NAME</c>, <c>author.name</c>, <c>user.name</c> (and the
    /// same for the address, then <c>EMAIL</c>). Where git would guess from the host name, ours is the fallback: a
    /// guessed address helps nobody.
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="environment">The caller's environment; null for this process's.</param>
    public static Identity Of(GitConfig config, CallerEnvironment? environment = null)
    {
        environment ??= CallerEnvironment.OfProcess();
        var name = Stripped(environment["GIT_AUTHOR_NAME"]) ?? Stripped(config.Get("author.name"))
            ?? Stripped(config.Get("user.name"));
        var email = Stripped(environment["GIT_AUTHOR_EMAIL"]) ?? Stripped(config.Get("author.email"))
            ?? Stripped(config.Get("user.email")) ?? Stripped(environment["EMAIL"]);
        return new Identity(name ?? FallbackName, email ?? FallbackEmail, name is null || email is null);
    }

    /// <summary>As it stands in a commit: <c>Name &lt;address&gt;</c>.</summary>
    public override string ToString() => $"{Name} <{Email}>";

    // strbuf_addstr_without_crud of git's ident.c; null where nothing is left.
    private static string? Stripped(string? text)
    {
        var (start, end) = (0, text?.Length ?? 0);
        while (start < end && IsCrud(text![start]))
        {
            start++;
        }

        while (end > start && IsCrud(text![end - 1]))
        {
            end--;
        }

        if (start == end)
        {
            return null;
        }

        var kept = new StringBuilder(end - start);
        foreach (var c in text.AsSpan(start, end - start))
        {
            if (c is not ('\n' or '<' or '>' or '\0'))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static bool IsCrud(char c) => c is <= ' ' or '.' or ',' or ':' or ';' or '<' or '>' or '"' or '\\' or '\'';
}

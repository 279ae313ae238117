using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Sharing;

/// <summary>Where what a person shares lies: <c>refs/writeopt/shared/&lt;user&gt;/</c>, on a server as here.</summary>
internal static class ShareNamespace
{
    /// <summary>The setting of the user's name there; else it is what stands before the @ of <c>user.email</c>.</summary>
    internal const string UserKey = "writeopt.share.user";

    /// <summary>The user's name, as git allows it in a ref.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    internal static string User(GitConfig config)
    {
        var given = config.Get(UserKey) is { Length: > 0 } configured ? configured : Identity.Of(config).Email.Split('@')[0];
        var name = Sanitised(given);
        return name.Length > 0 ? name : throw new UsageException(new WriteError(ErrorCategory.Usage, "no-share-user",
            $"\"{given}\" leaves no name under which something could be shared")
        {
            Suggestion = $"git config {UserKey} <name>",
        });
    }

    /// <summary>The prefix of a user's refs.</summary>
    internal static string Of(string user) => RefNames.Shared + user + "/";

    /// <summary>A name of letters, digits and <c>. _ -</c> that is well-formed as a part of a ref.</summary>
    internal static string Sanitised(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '-')).Trim('.', '-');
        while (plain.Contains("..", StringComparison.Ordinal))
        {
            plain = plain.Replace("..", ".", StringComparison.Ordinal);
        }

        return plain.EndsWith(".lock", StringComparison.Ordinal) ? plain[..^".lock".Length].TrimEnd('.') : plain;
    }
}

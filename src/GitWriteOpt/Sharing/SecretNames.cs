using System.IO.Enumeration;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Sharing;

/// <summary>
/// Names of files that are likely to hold secrets: they are shared only where that is forced. More are named with
/// <c>writeopt.share.exclude</c> (several times; <c>*</c> stands for anything). A pattern without a slash is compared with
/// the file's name, any other with its path; case does not count.
/// </summary>
internal sealed class SecretNames
{
    /// <summary>The setting.</summary>
    internal const string Key = "writeopt.share.exclude";

    private static readonly string[] Always =
    [
        ".env*", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx", "id_rsa*", "id_dsa*", "id_ecdsa*",
        "id_ed25519*", ".netrc", "_netrc", ".npmrc", ".pypirc", ".git-credentials", ".htpasswd", "credentials.json",
        "*.tfstate", "*/.aws/credentials", ".aws/credentials", "*/.kube/config", ".kube/config", "*/.docker/config.json",
    ];

    private readonly List<string> _patterns;

    /// <summary>Those that always count and those that are configured; configuration only adds.</summary>
    internal SecretNames(GitConfig config) =>
        _patterns = [.. Always, .. config.All(Key).Select(e => e.Value ?? "").Where(v => v.Length > 0)];

    /// <summary>Whether a path is one of them.</summary>
    internal bool Match(string path) => _patterns.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern,
        pattern.Contains('/', StringComparison.Ordinal) ? path : path.AsSpan(path.LastIndexOf('/') + 1), ignoreCase: true));
}

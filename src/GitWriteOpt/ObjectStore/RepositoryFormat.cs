using System.Globalization;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// What a repository's own <c>config</c> (and <c>config.worktree</c>) say about its format. Read as git's
/// <c>read_repository_format</c> reads it: those files alone, without includes.
/// </summary>
/// <param name="ObjectFormat">The hash function.</param>
/// <param name="RefsAreFiles">The files backend holds the refs.</param>
/// <param name="Oddity">What is unusual, so that git has to decide; null where nothing is.</param>
internal sealed record RepositoryFormat(ObjectFormat ObjectFormat, bool RefsAreFiles, string? Oddity)
{
    /// <summary>Reads the format.</summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    public static RepositoryFormat Read(string gitDirectory, string commonDirectory)
    {
        var format = new RepositoryFormat(ObjectFormat.Sha1, RefsAreFiles: true, Oddity: null);
        var (version, worktreeConfig, needsVersion1) = (0, false, false);
        foreach (var (key, value) in Settings(commonDirectory + "/config", ref format))
        {
            switch (key)
            {
                case "core.repositoryformatversion":
                    version = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number : -1;
                    break;
                case "extensions.worktreeconfig":
                    worktreeConfig = ConfigValue.TryBool(value, out var enabled) && enabled;
                    break;
                case "extensions.objectformat" when value is "sha1" or "sha256":
                    needsVersion1 = true;
                    format = format with { ObjectFormat = value == "sha1" ? ObjectFormat.Sha1 : ObjectFormat.Sha256 };
                    break;
                case "extensions.refstorage" when value is "files" or "reftable":
                    needsVersion1 = true;
                    format = format with { RefsAreFiles = value == "files" };
                    break;
                case "extensions.noop" or "extensions.preciousobjects" or "extensions.partialclone":
                    break;
                case "extensions.noop-v1" or "extensions.relativeworktrees":
                    needsVersion1 = true;
                    break;
                default:
                    format = format with { Oddity = format.Oddity ?? Unusual(key, value) };
                    break;
            }
        }

        if (worktreeConfig)
        {
            foreach (var (key, value) in Settings(gitDirectory + "/config.worktree", ref format))
            {
                format = format with { Oddity = format.Oddity ?? Unusual(key, value) };
            }
        }

        return version is 0 or 1 && !(needsVersion1 && version == 0)
            ? format
            : format with { Oddity = $"core.repositoryFormatVersion is {version}" };
    }

    private static List<(string Key, string? Value)> Settings(string file, ref RepositoryFormat format)
    {
        var settings = new List<(string Key, string? Value)>();
        if (File.Exists(file) && !ConfigSyntax.TryParse(File.ReadAllBytes(file), settings))
        {
            format = format with { Oddity = $"{file} has an unusual syntax" };
        }

        return settings;
    }

    private static string? Unusual(string key, string? value) => key switch
    {
        "core.worktree" => "core.worktree is set",
        "core.bare" when !ConfigValue.TryBool(value, out var bare) || bare => "core.bare is set",
        _ when key.StartsWith("extensions.", StringComparison.Ordinal) => $"{key} = {value}",
        _ => null,
    };
}

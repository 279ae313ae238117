using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// Hooks in the repository's configuration (<c>hook.&lt;name&gt;.event</c> and <c>.command</c>), which git runs since 2.54
/// beside those in its hooks directory: nobody's file is touched.
/// </summary>
internal static class ConfiguredHooks
{
    /// <summary>The first git that runs them.</summary>
    public static Version Since { get; } = new(2, 54);

    /// <summary>The version of the git at hand; 0.0 where it does not tell.</summary>
    public static Version OfGit(RepositoryLayout layout) => Parse(new GitProcess(layout) { Filters = [] }.Try(["version"]).Text);

    /// <summary>What <c>git version</c> says, as a version; 0.0 where it says something else.</summary>
    public static Version Parse(string text)
    {
        var word = text.Trim().Split(' ').ElementAtOrDefault(2) ?? "";
        var numbers = word.Split('.');
        return numbers.Length > 1 && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Version(major, minor) : new Version(0, 0);
    }

    /// <summary>Installs them.</summary>
    public static List<HookAnswer> Install(RepositoryLayout layout) => [.. HookShim.Names.Select(name =>
    {
        var command = HookShim.Command(name, "");
        if (Get(layout, Key(name, "command")) == command && Get(layout, Key(name, "event")) == name)
        {
            return new HookAnswer(name, File(layout), "unchanged");
        }

        Remove(layout, name);
        Git(layout).Run(["config", "--local", Key(name, "event"), name]);
        Git(layout).Run(["config", "--local", Key(name, "command"), command]);
        return new HookAnswer(name, File(layout), "installed");
    })];

    /// <summary>Takes them out; whatever git is at hand.</summary>
    public static List<HookAnswer> Uninstall(RepositoryLayout layout) => [.. HookShim.Names.Select(name =>
        new HookAnswer(name, File(layout), Remove(layout, name) ? "removed" : "absent"))];

    /// <summary>Whether there are any.</summary>
    public static bool AreThere(RepositoryLayout layout) => HookShim.Names.Any(name => Get(layout, Key(name, "command")) is not null);

    private static bool Remove(RepositoryLayout layout, string name) => Get(layout, Key(name, "command")) is not null
        && Git(layout).Try(["config", "--local", "--remove-section", $"hook.git-writeopt-{name}"]).ExitCode == 0;

    private static string? Get(RepositoryLayout layout, string key) =>
        Git(layout).Try(["config", "--local", "--get", key]) is { ExitCode: 0 } answer ? answer.Text.TrimEnd('\n') : null;

    private static string Key(string name, string what) => $"hook.git-writeopt-{name}.{what}";

    private static string File(RepositoryLayout layout) => layout.CommonDirectory + "/config";

    private static GitProcess Git(RepositoryLayout layout) => new(layout) { Filters = [] };
}

using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// Where husky (9 and later) keeps hooks: <c>core.hooksPath</c> is its own <c>.husky/_</c>, which it makes anew with each
/// installation of packages, and what people write are shell scripts without a first line in <c>.husky</c>. Ours is a line
/// there. Earlier versions keep complete scripts where git looks for them, as anybody does.
/// </summary>
internal static class HuskyHooks
{
    /// <summary>The directory of people's scripts, or null where git's hooks are not husky's.</summary>
    public static string? Of(string hooks) => Path.GetFileName(hooks) == "_" && Path.GetDirectoryName(hooks) is { } above
        && (Path.GetFileName(above) == ".husky" || File.Exists(Path.Combine(hooks, "h"))) ? above : null;

    /// <summary>Decides what installing does.</summary>
    public static IReadOnlyList<HookStep> Installed(string directory)
    {
        var steps = new List<HookStep>();
        foreach (var name in HookShim.Names)
        {
            var path = Path.Combine(directory, name);
            if (!HookFile.Exists(path))
            {
                steps.Add(new HookStep(new HookAnswer(name, path, "installed")) { Text = HookShim.Line(name) + "\n", Mode = HookFile.Plain });
            }
            else if (HookFile.Read(path) is { } text)
            {
                var chained = HookInstallation.WithLine(HookInstallation.WithoutLine(text), name);
                steps.Add(chained == text ? new HookStep(new HookAnswer(name, path, "unchanged"))
                    : new HookStep(new HookAnswer(name, path, "chained")) { Text = chained, Mode = HookFile.Mode(path) });
            }
            else
            {
                steps.Add(new HookStep(new HookAnswer(name, path, "foreign")));
            }
        }

        return steps;
    }

    /// <summary>Decides what uninstalling does.</summary>
    public static IReadOnlyList<HookStep> Uninstalled(string directory)
    {
        var steps = new List<HookStep>();
        foreach (var name in HookShim.Names)
        {
            var path = Path.Combine(directory, name);
            if (!HookFile.Exists(path) || HookFile.Read(path) is not { } text || !text.Contains(HookShim.Mark, StringComparison.Ordinal))
            {
                steps.Add(new HookStep(new HookAnswer(name, path, HookFile.Exists(path) ? "foreign" : "absent")));
                continue;
            }

            steps.Add(text == HookShim.Line(name) + "\n"
                ? new HookStep(new HookAnswer(name, path, "removed")) { Removes = true }
                : new HookStep(new HookAnswer(name, path, "removed")) { Text = HookInstallation.WithoutLine(text), Mode = HookFile.Mode(path) });
        }

        return steps;
    }
}

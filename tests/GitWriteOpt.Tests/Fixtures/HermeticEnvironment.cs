using System.Runtime.CompilerServices;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>
/// Own HOME, no system or global git configuration, no inherited <c>GIT_*</c>: set once before any test runs, so that
/// the library, its git children and the published binary see the same.
/// </summary>
internal static class HermeticEnvironment
{
    public static string Root { get; private set; } = "";

    /// <summary>The published program that the sweeps try, where the caller names one.</summary>
    public static string? NamedBinary { get; private set; }

    /// <summary>The system's own folder of temporary files, mostly on a disk.</summary>
    public static string Disk { get; } = Path.GetTempPath();

    [ModuleInitializer]
    internal static void Prepare()
    {
        NamedBinary = Environment.GetEnvironmentVariable("WRITEOPT_BINARY") is { Length: > 0 } named
            ? Path.GetFullPath(named) : null;
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("GIT_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal)
                || name.StartsWith("WRITEOPT_", StringComparison.Ordinal))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        Root = ScratchFolder.Make();
        var home = Directory.CreateDirectory(Path.Combine(Root, "home")).FullName;

        // git's own template has fourteen sample hooks, which nobody needs in thousands of repositories.
        var template = Directory.CreateDirectory(Path.Combine(home, "template")).FullName;
        Directory.CreateDirectory(Path.Combine(template, "hooks"));
        Directory.CreateDirectory(Path.Combine(template, "info"));
        File.WriteAllText(Path.Combine(template, "info", "exclude"), "# lines that begin with # are comments\n");

        // A test never fails since others keep the machine busy: who waits for a lock of ours waits for an hour.
        File.WriteAllText(Path.Combine(home, ".gitconfig"),
            "[user]\n\tname = A Tester\n\temail = tester@example.com\n[init]\n\tdefaultBranch = main\n"
            + $"\ttemplateDir = {template}\n"
            + "[protocol \"file\"]\n\tallow = always\n[maintenance]\n\tauto = false\n"
            + "[writeopt]\n\tlockTimeout = 3600\n[writeopt \"hook\"]\n\tlimit = 3600000\n"
            + "[writeopt \"learn\"]\n\tauto = false\n"); // nobody learns in a repository that is being removed
        Environment.SetEnvironmentVariable("HOME", home);
        Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateDirectory(Path.Combine(Root, "tmp")).FullName);
        Environment.SetEnvironmentVariable("GIT_CONFIG_NOSYSTEM", "1");
        Environment.SetEnvironmentVariable("LC_ALL", "C");
        Environment.SetEnvironmentVariable("NO_COLOR", null);

        // Each of a child's pipes is read on a thread of the pool, which grows slowly by itself.
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(64, ports);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(Root, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A leftover temporary folder harms nobody.
            }
        };
    }
}

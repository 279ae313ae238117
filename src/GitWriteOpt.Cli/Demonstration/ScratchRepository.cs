using System.Diagnostics;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Demonstration;

/// <summary>What a child of the demonstration answered.</summary>
internal sealed record ChildAnswer(int ExitCode, string Output, string Errors);

/// <summary>
/// A repository below the temporary folder in which the demonstration runs this very binary and git as children, without
/// the user's configuration.
/// </summary>
internal sealed class ScratchRepository : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> Own = new()
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        ["GIT_AUTHOR_NAME"] = "git-writeopt",
        ["GIT_AUTHOR_EMAIL"] = "git-writeopt@localhost",
        ["GIT_COMMITTER_NAME"] = "git-writeopt",
        ["GIT_COMMITTER_EMAIL"] = "git-writeopt@localhost",
    };

    /// <summary>Makes it, with two files committed.</summary>
    public ScratchRepository(bool keep)
    {
        Keep = keep;
        Root = Directory.CreateTempSubdirectory("writeopt-demo-").FullName;
        Git("init", "-q");
        File.WriteAllText(At("greeting.txt"), "hello\n");
        File.WriteAllText(At("obsolete.txt"), "old\n");
        Git("add", ".");
        Git("commit", "-q", "--no-gpg-sign", "-m", "first");
    }

    /// <summary>The worktree's root.</summary>
    public string Root { get; }

    /// <summary>Whether it stays.</summary>
    public bool Keep { get; }

    /// <summary>The absolute path of a file in it.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Whether a transaction has begun and not ended, by its journal ref.</summary>
    public bool IsPending() => Directory.Exists(At(".git/refs/writeopt/pending"))
        && Directory.EnumerateFiles(At(".git/refs/writeopt/pending")).Any(f => !f.EndsWith(".lock", StringComparison.Ordinal));

    /// <summary>Runs <c>git writeopt</c> with these arguments.</summary>
    public ChildAnswer Writeopt(params string[] arguments)
    {
        using var child = Start(arguments);
        return Answer(child);
    }

    /// <summary>Starts <c>git writeopt</c> with these arguments.</summary>
    public Process Start(params string[] arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no path");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? Start(program, [Path.Combine(AppContext.BaseDirectory, "git-writeopt.dll"), .. arguments])
            : Start(program, arguments);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Keep)
        {
            foreach (var file in new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                file.Attributes &= ~FileAttributes.ReadOnly; // git's objects are; Windows would refuse.
            }

            Directory.Delete(Root, recursive: true);
        }
    }

    private void Git(params string[] arguments) => new GitProcess(null)
    {
        WorkingDirectory = Root,
        Environment = Own,
    }.Run(arguments);

    private static ChildAnswer Answer(Process child)
    {
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEnd();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
            throw new TimeoutException($"{child.StartInfo.FileName} did not end");
        }

        return new ChildAnswer(child.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    private Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("GIT_", StringComparison.Ordinal)
            || n.StartsWith("WRITEOPT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Own)
        {
            start.Environment[name] = value;
        }

        var child = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        child.StandardInput.Close();
        return child;
    }
}

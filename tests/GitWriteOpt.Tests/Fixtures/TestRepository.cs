using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>
/// A real repository in a temporary folder named after its test. Disposing of it runs <c>git fsck --strict</c>, so that
/// every test is a test of the object store's integrity too.
/// </summary>
public sealed class TestRepository : IDisposable
{
    /// <summary>What takes longer hangs, on a machine however slow.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(20);

    private readonly string _folder;
    private readonly bool _ownsFolder;

    private TestRepository(string folder, string root, bool ownsFolder)
    {
        _folder = folder;
        _ownsFolder = ownsFolder;
        Root = root;
    }

    /// <summary>The worktree's root.</summary>
    public string Root { get; }

    /// <summary>Makes an empty repository (unborn HEAD) with these arguments to <c>git init</c>.</summary>
    public static TestRepository Init(string initArguments = "", [CallerMemberName] string test = "")
    {
        var folder = Make(test);
        var root = Path.Combine(folder, "repo");
        RepositoryTemplates.Init(initArguments, root);
        return new TestRepository(folder, root, ownsFolder: true);
    }

    /// <summary>Makes a repository with these files committed.</summary>
    public static TestRepository With(IReadOnlyDictionary<string, string> files, string initArguments = "",
        [CallerMemberName] string test = "")
    {
        var folder = Make(test);
        var root = Path.Combine(folder, "repo");
        RepositoryTemplates.With(files, initArguments, root);
        return new TestRepository(folder, root, ownsFolder: true);
    }

    private static string Make(string test) => Directory.CreateDirectory(Path.Combine(HermeticEnvironment.Root,
        $"{test[..Math.Min(test.Length, 60)]}-{Guid.NewGuid().ToString("N")[..8]}")).FullName;

    /// <summary>An existing worktree elsewhere in this fixture's folder (a linked worktree, a clone).</summary>
    public TestRepository Beside(string name) => new(_folder, Path.Combine(_folder, name), ownsFolder: false);

    /// <summary>A path in the fixture's folder, outside the worktree.</summary>
    public string Outside(string name) => Path.Combine(_folder, name);

    /// <summary>The absolute path of a file in the worktree.</summary>
    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));

    public void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), content);
    }

    public string Read(string path) => File.ReadAllText(At(path));

    public bool Exists(string path) => Path.Exists(At(path)) || new FileInfo(At(path)).LinkTarget is not null;

    public string Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Git("rev-parse", "HEAD");
    }

    /// <summary>Runs git here; its trimmed standard output. Fails the test where git fails.</summary>
    public string Git(params string[] arguments) => Run(Root, "git", arguments).TrimEnd('\n');

    /// <summary>
    /// Every path below the root except <c>.git</c>, with kind, permission bits and content or target: equal texts mean
    /// byte for byte equal worktrees. Empty directories count.
    /// </summary>
    public string State() => WorktreeState.Of(Root);

    public void Dispose()
    {
        var fsck = RunAny(Root, "git", ["fsck", "--full", "--strict", "--no-dangling", "--no-progress"]);
        var words = fsck.Error.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("notice:", StringComparison.Ordinal));
        (fsck.ExitCode, string.Join('\n', words)).ShouldBe((0, ""), $"git fsck in {Root}");
        if (!_ownsFolder)
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(_folder, "*", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows() && new DirectoryInfo(directory).LinkTarget is null)
            {
                File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.UserWrite
                    | UnixFileMode.UserExecute | UnixFileMode.UserRead);
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    public static string Run(string directory, string program, IEnumerable<string> arguments)
    {
        var list = arguments.ToList();
        var (exitCode, output, error) = RunAny(directory, program, list);
        exitCode.ShouldBe(0, $"{program} {string.Join(' ', list)}: {error}");
        return output;
    }

    public static (int ExitCode, string Output, string Error) RunAny(
        string directory, string program, IEnumerable<string> arguments, string? input = null,
        IReadOnlyDictionary<string, string?>? environment = null, System.Text.Encoding? encoding = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = encoding,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child did not want its input.
        }

        process.WaitForExit(Patience).ShouldBeTrue($"{program} did not end");
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}

using System.Collections.Concurrent;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>
/// Repositories that many tests begin with, made by git once and copied from then on: a copy is many times cheaper than
/// the processes that make one.
/// </summary>
internal static class RepositoryTemplates
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Made = new(StringComparer.Ordinal);

    /// <summary>An empty repository with these arguments to <c>git init</c>, at a path where nothing is yet.</summary>
    public static void Init(string initArguments, string root)
    {
        void Make(string folder)
        {
            TestRepository.Run(HermeticEnvironment.Root, "git",
                ["init", "-q", .. initArguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), folder]);
            TestRepository.Run(folder, "git", ["config", "gc.auto", "0"]);
        }

        if (CanBeCopied(initArguments))
        {
            Copy(Template("", initArguments, Make), root);
        }
        else
        {
            Make(root);
        }
    }

    /// <summary>A repository with these files committed, at a path where nothing is yet.</summary>
    public static void With(IReadOnlyDictionary<string, string> files, string initArguments, string root)
    {
        if (!CanBeCopied(initArguments))
        {
            Commit(files, initArguments, root);
            return;
        }

        var key = string.Concat(files.Select(file => $"{file.Key.Length}:{file.Key}{file.Value.Length}:{file.Value}"));
        Copy(Template(key, initArguments, folder => Commit(files, initArguments, folder)), root);

        // A copy has other inodes than the index says.
        TestRepository.RunAny(root, "git", ["update-index", "-q", "--refresh"]);
    }

    // Others (--shared, --separate-git-dir) make more than a copy would have.
    private static bool CanBeCopied(string initArguments) =>
        initArguments.Length == 0 || initArguments.StartsWith("--object-format=", StringComparison.Ordinal);

    private static void Commit(IReadOnlyDictionary<string, string> files, string initArguments, string root)
    {
        Init(initArguments, root);
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, System.Text.Encoding.UTF8.GetBytes(content));
        }

        TestRepository.Run(root, "git", ["add", "-A"]);
        TestRepository.Run(root, "git", ["commit", "-q", "--allow-empty", "-m", "first"]);
    }

    private static string Template(string key, string initArguments, Action<string> make) => Made.GetOrAdd(
        $"{initArguments}\n{key}", _ => new Lazy<string>(() =>
        {
            var folder = Path.Combine(HermeticEnvironment.Root, "templates", Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            make(folder);
            return folder;
        })).Value;

    // With times and modes, as File.Copy does.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry is FileInfo file)
            {
                File.Copy(file.FullName, target);
            }
            else
            {
                Copy(entry.FullName, target);
            }
        }
    }
}

using System.Security.Cryptography;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A folder of our own below <c>writeopt/tmp</c> in the git directory, readable by its owner alone, removed when
/// disposed of. What a killed process leaves there is swept by the next one that holds the worktree's lock.
/// </summary>
internal sealed class PrivateDirectory : IDisposable
{
    private PrivateDirectory(string root) => Root = root;

    /// <summary>Its absolute path.</summary>
    public string Root { get; }

    /// <summary>Where all of them lie.</summary>
    public static string Above(RepositoryLayout layout) => layout.GitDirectory + "/writeopt/tmp";

    /// <summary>Makes one.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public static PrivateDirectory Make(RepositoryLayout layout)
    {
        var root = $"{Above(layout)}/git-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            Directory.CreateDirectory(Above(layout));
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(root);
            }
            else
            {
                Directory.CreateDirectory(root,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("make", root, cause);
        }

        return new PrivateDirectory(root);
    }

    /// <summary>Those that earlier processes left. The caller holds the worktree's lock, so none is in use.</summary>
    public static IReadOnlyList<string> Left(RepositoryLayout layout) =>
        Directory.Exists(Above(layout)) ? Directory.GetDirectories(Above(layout), "git-*") : [];

    /// <summary>An absolute path in it.</summary>
    public string At(string name) => $"{Root}/{name}";

    /// <summary>Writes a file in it, making its folders.</summary>
    /// <exception cref="Errors.StoreException">It could not be written.</exception>
    public string Write(string name, Operations.Content content)
    {
        var path = At(name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = content.Open();
            using var target = new FileStream(path, FileMode.Create, FileAccess.Write);
            source.CopyTo(target);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("write", path, cause);
        }

        return path;
    }

    /// <summary>Removes it. A file that resists is left to the sweep: it harms nobody.</summary>
    public void Dispose() => Remove(Root);

    /// <summary>Removes one that was left, as far as that can be done.</summary>
    public static void Remove(string root)
    {
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Named git-*, below writeopt/tmp: the next sweep tries again.
        }
    }
}

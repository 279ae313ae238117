using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Planning;

/// <summary>A real repository, looked at with plain System.IO, and the planner over it.</summary>
public sealed class PlanningWorld(TestRepository repository) : IDisposable
{
    public TestRepository Repository { get; } = repository;

    public PlanningContext Context { get; set; } = new()
    {
        Read = path => Look(repository, path),
        List = directory => [.. new DirectoryInfo(directory is null ? repository.Root : repository.At(directory.Value))
            .EnumerateFileSystemInfos().Select(e => e.Name).Where(n => directory is not null || n != ".git")],
        Hash = HashOf,
        ApplyDiff = (_, before) => before,
        ReadBlob = _ => null,
        Merge = (_, _, _, _) => null,
    };

    public static PlanningWorld With(params (string Path, string Content)[] files)
    {
        var repository = TestRepository.Init();
        foreach (var (path, content) in files)
        {
            repository.Write(path, content);
        }

        repository.Commit("first");
        return new PlanningWorld(repository);
    }

    public WritePlan Plan(params Operation[] operations) => Plan(new ApplyOptions(), operations);

    public WritePlan Plan(ApplyOptions options, params Operation[] operations) =>
        Planner.Plan(new Batch("test", [.. operations.Select((o, i) => o with { Origin = new Origin(i) })]), Context, options);

    /// <summary>The text that a path shall have, or null where it shall be absent.</summary>
    public static string? After(WritePlan plan, string path) =>
        plan.Changes.Single(c => c.Path.Value == path).After is PathState.File file
            ? System.Text.Encoding.UTF8.GetString(file.Content.ToMemory().Span)
            : null;

    public static string[] Touched(WritePlan plan) => [.. plan.Changes.Select(c => c.Path.Value)];

    public static RepoPath P(string path) => RepoPath.Parse(path);

    public static Operation.Write Write(string path, string content) => new(P(path), Content.Of(content));

    public static Operation.Edit Edit(string path, string old, string @new, bool all = false) =>
        new(P(path), [new Replacement(old, @new, all)]);

    public static Operation.Delete Delete(string path, bool recursive = false) => new(P(path), recursive);

    public static Operation.Move Move(string from, string to) => new(P(from), P(to));

    public static ObjectId HashOf(Content content)
    {
        var bytes = content.ToMemory().ToArray();
        return new ObjectId(System.Security.Cryptography.SHA1.HashData(
            [.. System.Text.Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
    }

    public void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Repository.At(path), (UnixFileMode)mode);
        }
    }

    public void Dispose() => Repository.Dispose();

    private static (Fingerprint, PathState) Look(TestRepository repository, RepoPath path)
    {
        var info = new FileInfo(repository.At(path.Value));
        if (info.LinkTarget is { } target)
        {
            return (Fingerprint.Absent with { Kind = FileKind.Link }, new PathState.Link(target));
        }

        if (Directory.Exists(info.FullName))
        {
            return (Fingerprint.Absent with { Kind = FileKind.Directory, Permissions = 0x1ed }, PathState.Nothing);
        }

        if (!info.Exists)
        {
            return (Fingerprint.Absent, PathState.Nothing);
        }

        var mode = OperatingSystem.IsWindows() ? 0x1a4 : (int)info.UnixFileMode;
        return (Fingerprint.Absent with { Kind = FileKind.File, Size = info.Length, Permissions = mode, Links = 1 },
            new PathState.File(Content.Of(File.ReadAllBytes(info.FullName)), mode, (mode & 0x40) != 0));
    }
}

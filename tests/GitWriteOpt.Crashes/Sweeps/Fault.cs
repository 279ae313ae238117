using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>A failure of the machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Errno">Its number on Linux.</param>
/// <param name="Classes">The calls that it can happen to.</param>
public sealed record Fault(string Name, int Errno, CallClass Classes)
{
    private const CallClass NeedsSpace = CallClass.Create | CallClass.Write | CallClass.Resize | CallClass.Rename
        | CallClass.HardLink | CallClass.SymbolicLink | CallClass.MakeDirectory;

    private const CallClass NeedsPermission = CallClass.OpenForWriting | CallClass.Names | CallClass.Attribute;

    /// <summary>Those that are tried.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("ENOSPC", 28, NeedsSpace),
        new("EDQUOT", 122, NeedsSpace),
        new("EIO-write", 5, CallClass.Write | CallClass.Resize),
        new("EIO-fsync", 5, CallClass.Sync),
        new("EIO-rename", 5, CallClass.Rename | CallClass.HardLink | CallClass.Remove),
        new("EACCES", 13, NeedsPermission),
        new("EROFS", 30, NeedsPermission),
        new("EMFILE", 24, CallClass.Create | CallClass.Open | CallClass.OpenForWriting),
        new("EXDEV", 18, CallClass.Rename | CallClass.HardLink),
    ];
}

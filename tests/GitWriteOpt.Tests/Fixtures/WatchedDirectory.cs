using GitWriteOpt.Worktree;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>What stands between a transaction and its directories in a test.</summary>
internal sealed class Watch
{
    /// <summary>Called before each call: its name, and the paths that it is about (a move's source and destination).</summary>
    public Action<string, string, string?> Before { get; set; } = (_, _, _) => { };

    /// <summary>Whether names cannot be exchanged, as on FUSE.</summary>
    public bool NoExchange { get; init; }

    /// <summary>Whether a file cannot have two names, as on FAT.</summary>
    public bool NoLinks { get; init; }

    /// <summary>Acts once, before the first call of this name that is about a path ending so.</summary>
    public void Once(string call, string path, Action act)
    {
        var others = Before;
        var done = false;
        Before = (name, from, to) =>
        {
            others(name, from, to);
            if (!done && name == call && (from.EndsWith(path, StringComparison.Ordinal)
                || to?.EndsWith(path, StringComparison.Ordinal) == true))
            {
                done = true;
                act();
            }
        };
    }

    /// <summary>From this moment nothing works any more, as if the process had been killed.</summary>
    public void Die() => Before = (_, _, _) => throw new KilledException();

    public OpenDirectory Over(OpenDirectory inner) => new WatchedDirectory(inner, this);

    public Writer Open(TestRepository repository, bool portable = false) =>
        Writer.Open(repository.Root, null, portable, null, null, Over);
}

/// <summary>Stands for a kill: no code of ours expects it.</summary>
public sealed class KilledException : Exception;

/// <summary>A directory that tells a <see cref="Watch"/> of each call before it is made.</summary>
internal sealed class WatchedDirectory(OpenDirectory inner, Watch watch) : OpenDirectory
{
    internal override string Path => inner.Path;

    internal override Fingerprint Look(string name) => At("look", name).Look(name);

    internal override Fingerprint LookAtSelf() => inner.LookAtSelf();

    internal override SafeFileHandle? OpenRead(string name) => At("read", name).OpenRead(name);

    internal override SafeFileHandle CreateFile(string name, int permissions = OwnerOnly) =>
        At("create", name).CreateFile(name, permissions);

    internal override string ReadLink(string name) => At("readlink", name).ReadLink(name);

    internal override void MakeLink(string name, string target) => At("symlink", name).MakeLink(name, target);

    internal override bool MakeDirectory(string name, int? permissions) => At("mkdir", name).MakeDirectory(name, permissions);

    internal override bool RemoveDirectory(string name) => At("rmdir", name).RemoveDirectory(name);

    internal override bool Unlink(string name) => At("unlink", name).Unlink(name);

    internal override void SetPermissions(string name, int permissions) => At("chmod", name).SetPermissions(name, permissions);

    internal override void Touch(string name) => At("touch", name).Touch(name);

    internal override string? CopyOwnership(string name, OpenDirectory modelDirectory, string model, in Fingerprint modelPrint) =>
        inner.CopyOwnership(name, Inner(modelDirectory), model, modelPrint);

    internal override MoveResult MoveNew(string name, OpenDirectory to, string toName) =>
        At("move", name, to, toName).MoveNew(name, Inner(to), toName);

    internal override MoveResult Exchange(string name, OpenDirectory with, string withName) => watch.NoExchange
        ? MoveResult.Unsupported : At("exchange", name, with, withName).Exchange(name, Inner(with), withName);

    internal override MoveResult MoveOver(string name, OpenDirectory to, string toName) =>
        At("over", name, to, toName).MoveOver(name, Inner(to), toName);

    internal override MoveResult HardLink(string name, OpenDirectory to, string toName) => watch.NoLinks
        ? MoveResult.Unsupported : At("link", name, to, toName).HardLink(name, Inner(to), toName);

    internal override OpenedDirectory Descend(string name)
    {
        var (kind, opened) = At("descend", name).Descend(name);
        return new OpenedDirectory(kind, opened is null ? null : watch.Over(opened));
    }

    internal override bool IsWritable() => inner.IsWritable();

    internal override bool ImposesOwnership() => inner.ImposesOwnership();

    internal override IReadOnlyList<string> List() => inner.List();

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    private static OpenDirectory Inner(OpenDirectory directory) => ((WatchedDirectory)directory).Watched;

    private OpenDirectory Watched => inner;

    private OpenDirectory At(string call, string name, OpenDirectory? to = null, string? toName = null)
    {
        watch.Before(call, inner.Path + "/" + name, to is null ? null : to.Path + "/" + toName);
        return inner;
    }
}

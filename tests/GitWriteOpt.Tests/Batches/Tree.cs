using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Batches;

/// <summary>Files in memory, and batches that are read and planned over them: what a format means, without a disk.</summary>
internal sealed class Tree(params (string Path, string Text)[] files)
{
    private readonly SortedDictionary<string, string> _files =
        new(files.ToDictionary(f => f.Path, f => f.Text), StringComparer.Ordinal);

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IEnumerable<string> Paths => _files.Keys;

    public string this[string path] => _files[path];

    /// <summary>Applies a batch that must succeed.</summary>
    public Tree Apply(string text, BatchFormat format = BatchFormat.Auto, string? since = null)
    {
        var batch = BatchReader.Read(Encoding.UTF8.GetBytes(text), format, Reading.Context with { Since = since });
        var plan = Planner.Plan(batch, Context(), new ApplyOptions());
        Warnings = plan.Warnings;
        foreach (var change in plan.Changes)
        {
            _files.Remove(change.Path.Value);
            if (change.After is PathState.File file)
            {
                _files.Add(change.Path.Value, Encoding.UTF8.GetString(file.Content.ToMemory().Span));
            }
        }

        return this;
    }

    /// <summary>The error of a batch that must be refused.</summary>
    public WriteError Refused(string text, BatchFormat format = BatchFormat.Auto)
    {
        var before = _files.ToList();
        var error = Should.Throw<RefusedException>(() => Apply(text, format)).Error;
        _files.ShouldBe(before);
        return error;
    }

    private PlanningContext Context() => new()
    {
        Read = path => _files.TryGetValue(path.Value, out var text)
            ? (Fingerprint.Absent with { Kind = FileKind.File, Permissions = 0x1ed }, new PathState.File(Content.Of(text), 0x1ed, true))
            : (_files.Keys.Any(k => k.StartsWith(path.Value + "/", StringComparison.Ordinal))
                ? Fingerprint.Absent with { Kind = FileKind.Directory } : Fingerprint.Absent, PathState.Nothing),
        List = directory => [.. _files.Keys.Where(k => directory is null || k.StartsWith(directory.Value + "/", StringComparison.Ordinal))
            .Select(k => k[(directory is null ? 0 : directory.Value.Length + 1)..].Split('/')[0]).Distinct()],
        Hash = _ => new ObjectId(new byte[20]),
        ApplyDiff = (_, before) => before,
        ReadBlob = _ => null,
        Merge = (_, _, _, _) => null,
    };
}

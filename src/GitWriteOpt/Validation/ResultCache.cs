using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation;

/// <summary>
/// What rules found in bytes that they saw before. The key is the blob id, the rule, its version and its variant; a path
/// is no part of it. Safe for several threads. Kept in one file of this worktree where one is named, read when the first
/// result is asked for and written by <see cref="Save"/> alone. What cannot be read or written is done again: never an
/// error.
/// </summary>
internal sealed class ResultCache
{
    private readonly ConcurrentDictionary<UInt128, IReadOnlyList<Sighting>> _fresh = new();
    private readonly ConcurrentDictionary<UInt128, IReadOnlyList<Sighting>> _passing = new();
    private readonly Lazy<ResultFile>? _file;

    /// <summary>One that forgets.</summary>
    public ResultCache()
    {
    }

    /// <summary>One that is kept in a file.</summary>
    /// <param name="path">Absolute; neither it nor its directory need be there.</param>
    public ResultCache(string path) => _file = new Lazy<ResultFile>(() => ResultFile.Read(path));

    /// <summary>That of a worktree.</summary>
    public static ResultCache Of(RepositoryLayout layout) => new(layout.GitDirectory + "/writeopt/checks/results");

    /// <summary>What a rule found in a blob before; null where it is not known.</summary>
    public IReadOnlyList<Sighting>? TryGet(RuleInfo rule, string variant, ObjectId blob)
    {
        var key = Key(rule, variant, blob);
        return _fresh.TryGetValue(key, out var found) || _passing.TryGetValue(key, out found) ? found : _file?.Value.TryGet(key);
    }

    /// <summary>Keeps what a rule found.</summary>
    public void Put(RuleInfo rule, string variant, ObjectId blob, IReadOnlyList<Sighting> found) =>
        _fresh[Key(rule, variant, blob)] = found;

    /// <summary>Keeps for as long as this process looks that a program could not tell; the next one asks it again.</summary>
    public void PutForNow(RuleInfo rule, string variant, ObjectId blob, IReadOnlyList<Sighting> found) =>
        _passing[Key(rule, variant, blob)] = found;

    /// <summary>Writes what is new to the file.</summary>
    public void Save()
    {
        if (!_fresh.IsEmpty && _file is not null)
        {
            _file.Value.Append(_fresh);
        }
    }

    private static UInt128 Key(RuleInfo rule, string variant, ObjectId blob)
    {
        const int usual = 512;
        var most = blob.Length + sizeof(int) + Encoding.UTF8.GetMaxByteCount(rule.Name.Length + 1 + variant.Length);
        var bytes = most <= usual ? stackalloc byte[usual] : new byte[most];
        blob.CopyTo(bytes);
        var length = blob.Length;
        BitConverter.TryWriteBytes(bytes[length..], rule.Version);
        length += sizeof(int);
        length += Encoding.UTF8.GetBytes(rule.Name, bytes[length..]);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(variant, bytes[length..]);
        return XxHash128.HashToUInt128(bytes[..length]);
    }
}

using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation;

/// <summary>
/// What rules found in bytes that they saw before. The key is the blob id, the rule, its version and its variant; a path
/// is no part of it. Safe for several threads. Kept in two files of this worktree where a place is named: a table of what
/// is known, looked into when a result is asked for, and what the rules found, read when the table names something there.
/// Written by <see cref="Save"/> alone. What cannot be read or written is done again: never an error.
/// </summary>
internal sealed class ResultCache
{
    private readonly ConcurrentDictionary<UInt128, (ObjectId Blob, IReadOnlyList<Sighting> Found)> _fresh = new();
    private readonly ConcurrentDictionary<UInt128, IReadOnlyList<Sighting>> _passing = new();
    private readonly ResultTable? _known;
    private readonly Lazy<ResultFile>? _file;

    /// <summary>One that forgets.</summary>
    public ResultCache()
    {
    }

    /// <summary>One that is kept in a directory.</summary>
    /// <param name="directory">Absolute; it need not be there.</param>
    public ResultCache(string directory)
    {
        _known = new ResultTable(directory + "/known");
        _file = new Lazy<ResultFile>(() => ResultFile.Read(directory + "/results"));
    }

    /// <summary>That of a worktree.</summary>
    public static ResultCache Of(RepositoryLayout layout) => new(layout.GitDirectory + "/writeopt/checks");

    /// <summary>What a rule found in a blob before; null where it is not known.</summary>
    public IReadOnlyList<Sighting>? TryGet(RuleInfo rule, string variant, ObjectId blob)
    {
        var key = Key(rule, variant, blob);
        return _fresh.TryGetValue(key, out var fresh) ? fresh.Found : _passing.TryGetValue(key, out var passing) ? passing : _known?.Found(blob, key) switch
        {
            null => null,
            false => [],
            true => _file!.Value.TryGet(key),
        };
    }

    /// <summary>Keeps what a rule found.</summary>
    public void Put(RuleInfo rule, string variant, ObjectId blob, IReadOnlyList<Sighting> found) =>
        _fresh[Key(rule, variant, blob)] = (blob, found);

    /// <summary>Keeps for as long as this process looks that a program could not tell; the next one asks it again.</summary>
    public void PutForNow(RuleInfo rule, string variant, ObjectId blob, IReadOnlyList<Sighting> found) =>
        _passing[Key(rule, variant, blob)] = found;

    /// <summary>Writes what is new.</summary>
    public void Save()
    {
        if (_fresh.IsEmpty || _known is null)
        {
            return;
        }

        List<KeyValuePair<UInt128, IReadOnlyList<Sighting>>> found =
            [.. from result in _fresh where result.Value.Found.Count > 0 select KeyValuePair.Create(result.Key, result.Value.Found)];
        if (found.Count > 0)
        {
            _file!.Value.Append(found);
        }

        _known.Add(_fresh.Select(result => (result.Value.Blob, result.Key, result.Value.Found.Count > 0)));
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

using System.Globalization;
using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>Reads objects through <c>git cat-file --batch</c>: right in every repository, at the price of a process.</summary>
internal sealed class GitObjects(RepositoryLayout layout)
{
    /// <summary>An object, or null where git does not have it.</summary>
    /// <exception cref="StoreException">git finds it damaged, or could not be run.</exception>
    public StoredObject? TryRead(ObjectId id)
    {
        var output = Ask(new GitProcess(layout), "--batch", id);
        var end = output.AsSpan().IndexOf((byte)'\n');
        return end > 0 && Header(output.AsSpan(0, end)) is var (type, length) && output.Length >= end + 1 + length
            ? new StoredObject(type, output.AsSpan(end + 1, length).ToArray())
            : null;
    }

    /// <summary>Whether git has an object. In a partial clone it does not fetch it (from git 2.44 on).</summary>
    public bool Exists(ObjectId id)
    {
        var git = new GitProcess(layout)
        {
            Environment = new Dictionary<string, string> { ["GIT_NO_LAZY_FETCH"] = "1" },
        };
        return Header(Ask(git, "--batch-check", id).AsSpan().TrimEnd((byte)'\n')) is not null;
    }

    private static byte[] Ask(GitProcess git, string how, ObjectId id)
    {
        var answer = git.Try(["cat-file", how], Encoding.ASCII.GetBytes(id + "\n"));
        var complaint = answer.ErrorText.Trim();
        return answer.ExitCode == 0 && !complaint.StartsWith("error:", StringComparison.Ordinal)
            ? answer.Output
            : throw DamagedObject.Error(id, $"git says: {complaint.ReplaceLineEndings("; ")}");
    }

    // "<id> <type> <length>", or "<id> missing".
    private static (ObjectType Type, int Length)? Header(ReadOnlySpan<byte> line)
    {
        var parts = Encoding.ASCII.GetString(line).Split(' ');
        return parts.Length == 3 && ObjectTypes.Parse(Encoding.ASCII.GetBytes(parts[1])) is { } type
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var length)
                ? (type, length)
                : null;
    }
}

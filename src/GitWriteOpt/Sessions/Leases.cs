using System.Security.Cryptography;
using System.Text;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Which session is writing which paths, in <c>writeopt/leases</c> of this worktree: a file a session, with its owner (a
/// process told apart by number, start and boot), its name, and its paths, oldest first. A file is replaced by a rename,
/// and one whose owner is gone, or that cannot be read, counts for nothing and is removed: so a kill leaves no lease behind.
/// The worktree's lock is held where one is looked at and taken. A help, not a lock: what cannot be written is not taken.
/// </summary>
internal sealed class Leases(LocalState state, LeasePolicy policy)
{
    /// <summary>A session holds at most so many, those that it wrote last.</summary>
    internal const int MostPaths = 4096;

    /// <summary>Takes leases unless others hold some and that is refused.</summary>
    /// <param name="session">What tells the session from others.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="ownerPid">The process that the leases live and die with; without one none are taken.</param>
    /// <param name="paths">The paths.</param>
    internal LeaseAnswer Ask(string session, string name, int? ownerPid, IEnumerable<string> paths)
    {
        var wanted = paths.ToList();
        var answer = Look(session, wanted);
        if (ownerPid is { } pid && (answer.Policy == LeasePolicy.Warn || answer.Held.Count == 0))
        {
            Take(session, name, pid, wanted);
        }

        return answer;
    }

    /// <summary>The leases of other sessions on these paths.</summary>
    internal LeaseAnswer Look(string session, IEnumerable<string> paths)
    {
        if (policy == LeasePolicy.Off || !Directory.Exists(state.Leases))
        {
            return new LeaseAnswer(policy, []);
        }

        var own = FileOf(state, session);
        var wanted = paths.ToHashSet(StringComparer.Ordinal);
        var others = Directory.EnumerateFiles(state.Leases).Where(file => file != own).Select(ReadLiving).OfType<SessionLeases>();
        return new LeaseAnswer(policy,
        [
            .. others.SelectMany(o => o.Paths.Where(wanted.Contains).Select(p => new HeldLease(p, o.Name, o.Owner.Pid)))
                .DistinctBy(l => l.Path).OrderBy(l => l.Path, StringComparer.Ordinal),
        ]);
    }

    /// <summary>Takes leases, whoever else holds some. An owner that the session has and that lives stays.</summary>
    internal void Take(string session, string name, int ownerPid, IEnumerable<string> paths)
    {
        if (policy == LeasePolicy.Off)
        {
            return;
        }

        var file = FileOf(state, session);
        var held = ReadLiving(file);
        if ((held?.Owner ?? ProcessIdentity.Of(ownerPid, LocalState.BootId)) is not { } owner)
        {
            return; // it has ended already
        }

        var written = paths.Distinct(StringComparer.Ordinal).ToList();
        List<string> all = [.. (held?.Paths ?? []).Except(written, StringComparer.Ordinal), .. written];
        Write(file, new SessionLeases(owner, name, all[Math.Max(0, all.Count - MostPaths)..]));
    }

    /// <summary>Lets go of all that a session holds.</summary>
    internal static void Drop(LocalState state, string session) => Remove(FileOf(state, session));

    // A name that a caller chose is no file name.
    private static string FileOf(LocalState state, string session) =>
        $"{state.Leases}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)))[..32]}";

    private static SessionLeases? ReadLiving(string file)
    {
        string[] lines;
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }

            lines = File.ReadAllLines(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null; // nobody can tell what it says
        }

        if (lines.Length > 1 && ProcessIdentity.Parse(lines[0]) is { } owner && owner.IsAlive(LocalState.BootId)
            && Decoded(lines[1..]) is { } texts)
        {
            return new SessionLeases(owner, texts[0], texts[1..]);
        }

        Remove(file);
        return null;
    }

    private static List<string>? Decoded(string[] lines)
    {
        try
        {
            return [.. lines.Select(QuotedPath.Decode)];
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Write(string file, SessionLeases leases)
    {
        try
        {
            Directory.CreateDirectory(state.Leases);
            var text = new StringBuilder().Append(leases.Owner).Append('\n').Append(QuotedPath.Encode(leases.Name)).Append('\n');
            leases.Paths.ForEach(path => text.Append(QuotedPath.Encode(path)).Append('\n'));
            File.WriteAllText(file + ".new", text.ToString());
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The writes themselves are done and recorded; others are not told of them.
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It stays and counts for nothing all the same.
        }
    }

    private sealed record SessionLeases(ProcessIdentity Owner, string Name, List<string> Paths);
}

using System.Security.Cryptography;
using System.Text;

namespace GitWriteOpt.Cli.Mcp;

/// <summary>
/// Which of a client's calls were carried out, by the ids that the client gave them, in files below the worktree's git
/// directory: so that a call that is sent again, after a lost answer or a restart, does nothing twice.
/// </summary>
internal sealed class DoneRequests(string gitDirectory, string session)
{
    private readonly string _root = $"{gitDirectory}/writeopt/mcp/{Key(session)}";

    /// <summary>The transaction that a call made, or null.</summary>
    internal string? Find(string id) => File.Exists(At(id)) ? File.ReadAllText(At(id)) : null;

    /// <summary>Notes what a call made.</summary>
    internal void Note(string id, string transaction)
    {
        Directory.CreateDirectory(_root);
        File.WriteAllText(At(id) + ".new", transaction);
        File.Move(At(id) + ".new", At(id), overwrite: true);
    }

    private string At(string id) => $"{_root}/{Key(id)}";

    // Names that a client chooses are no file names.
    private static string Key(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}

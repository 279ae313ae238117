using System.Text;
using System.Text.Json;

namespace GitWriteOpt.Tests.Replay;

/// <summary>
/// A commit as a native batch. What goes, goes first, so that a file may stand where a directory was and the reverse;
/// then moves, then contents. Each operation expects what the parent has.
/// </summary>
internal static class NativeBatch
{
    public static byte[] Of(ReplayedCommit commit)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("message", $"Replay {commit.Id}");
            json.WriteStartArray("operations");
            foreach (var change in commit.Changes.OrderBy(c => c.Status switch { 'D' => 0, 'R' => 1, _ => 2 }))
            {
                Write(json, change, commit.Blobs);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CommitChange change, IReadOnlyDictionary<string, byte[]> blobs)
    {
        var expect = change.Status == 'A' ? "absent" : change.OldBlob;
        switch (change)
        {
            case { Status: 'D' }:
                Operation(json, "delete", expect, ("path", change.OldPath));
                break;
            case { Status: 'R' }:
                Operation(json, "move", expect, ("from", change.OldPath), ("to", change.Path));
                if (change.OldBlob != change.NewBlob)
                {
                    Content(json, change, change.OldBlob, blobs[change.NewBlob]);
                }
                else if (change.IsModeChange)
                {
                    Mode(json, change);
                }

                break;
            case { IsModeChange: true } when change.OldBlob == change.NewBlob:
                Mode(json, change);
                break;
            default:
                Content(json, change, expect, blobs[change.NewBlob]);
                break;
        }
    }

    private static void Content(Utf8JsonWriter json, CommitChange change, string expect, byte[] content)
    {
        if (change.IsLink)
        {
            Operation(json, "symlink", expect, ("path", change.Path), ("target", Encoding.UTF8.GetString(content)));
            return;
        }

        Operation(json, "write", expect, ("path", change.Path), ("encoding", "base64"), ("mode", change.NewMode),
            ("content", Convert.ToBase64String(content)));
    }

    private static void Mode(Utf8JsonWriter json, CommitChange change)
    {
        json.WriteStartObject();
        json.WriteString("op", "chmod");
        json.WriteString("path", change.Path);
        json.WriteBoolean("executable", change.NewMode == "100755");
        json.WriteString("expect", change.OldBlob);
        json.WriteEndObject();
    }

    private static void Operation(Utf8JsonWriter json, string name, string expect, params (string, string)[] fields)
    {
        json.WriteStartObject();
        json.WriteString("op", name);
        foreach (var (field, value) in fields)
        {
            json.WriteString(field, value);
        }

        json.WriteString("expect", expect);
        json.WriteEndObject();
    }
}

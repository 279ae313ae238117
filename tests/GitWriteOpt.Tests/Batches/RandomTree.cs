using System.Text;

namespace GitWriteOpt.Tests.Batches;

/// <summary>A file of a generated tree.</summary>
internal sealed record RandomFile(byte[] Content, string Mode);

/// <summary>
/// Small trees by chance, and trees that were edited by chance: few different lines, so that hunks fit several places;
/// with and without final line ends, CRLF, binary files, links, modes, renames, copies.
/// </summary>
internal sealed class RandomTree(Random random)
{
    private static readonly string[] Names = ["a", "b.txt", "d/c", "d/e f", "g\u00fc", "d/h/i", "j\"k", "l"];

    /// <summary>A tree of one to four files.</summary>
    public Dictionary<string, RandomFile> Make() => Names.OrderBy(_ => random.Next()).Take(random.Next(1, 5))
        .ToDictionary(name => name, _ => File());

    /// <summary>The tree with changes of all kinds.</summary>
    public Dictionary<string, RandomFile> Changed(Dictionary<string, RandomFile> tree)
    {
        var changed = new Dictionary<string, RandomFile>(tree);
        foreach (var name in tree.Keys)
        {
            var file = tree[name];
            switch (random.Next(12))
            {
                case 0:
                    changed.Remove(name);
                    break;
                case 1 when Free(changed) is { } free:
                    changed.Remove(name);
                    changed[free] = random.Next(2) == 0 ? file : Edited(file, 1);
                    break;
                case 2 when Free(changed) is { } free:
                    changed[free] = Edited(file, random.Next(2));
                    break;
                case 3 when file.Mode != "120000":
                    changed[name] = file with { Mode = file.Mode == "100644" ? "100755" : "100644" };
                    break;
                case 4:
                    changed[name] = File();
                    break;
                case 5:
                    break;
                default:
                    changed[name] = Edited(file, random.Next(1, 4));
                    break;
            }
        }

        if (random.Next(4) == 0 && Free(changed) is { } added)
        {
            changed[added] = File();
        }

        return changed;
    }

    /// <summary>The tree as somebody else left it in between: nothing, a few lines, or a file that is gone.</summary>
    public Dictionary<string, RandomFile> Drifted(Dictionary<string, RandomFile> tree) => random.Next(3) == 0 ? tree
        : tree.Where(_ => random.Next(30) > 0).ToDictionary(f => f.Key, f => random.Next(2) == 0 ? f.Value : Edited(f.Value, random.Next(1, 3)));

    private string? Free(Dictionary<string, RandomFile> tree) =>
        Names.OrderBy(_ => random.Next()).FirstOrDefault(n => !tree.ContainsKey(n));

    private RandomFile File() => random.Next(14) switch
    {
        0 => new RandomFile(Bytes(random.Next(0, 300)), "100644"),
        1 => new RandomFile(Encoding.UTF8.GetBytes($"target{random.Next(9)}"), "120000"),
        2 => new RandomFile([], "100644"),
        _ => new RandomFile(Text(), random.Next(5) == 0 ? "100755" : "100644"),
    };

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length + 1];
        random.NextBytes(bytes);
        bytes[^1] = 0;
        return bytes;
    }

    private byte[] Text()
    {
        var end = random.Next(5) == 0 ? "\r\n" : "\n";
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 45)).Select(_ => Line() + end));
        return Encoding.UTF8.GetBytes(random.Next(4) == 0 ? text[..^end.Length] : text);
    }

    private string Line() => random.Next(12) switch
    {
        0 => "",
        1 => "\tindented  ",
        2 => "-- a/d/c",
        3 => "++ b/d/c",
        4 => "\u00fcml\u00e4ut",
        5 => "diff --git a/a b/a",
        var n => $"line {n} {random.Next(4)}",
    };

    private RandomFile Edited(RandomFile file, int edits)
    {
        if (file.Mode == "120000")
        {
            return file with { Content = Encoding.UTF8.GetBytes($"target{random.Next(9)}") };
        }

        if (file.Content.Contains((byte)0))
        {
            return file with { Content = [.. file.Content.Take(random.Next(file.Content.Length)), .. Bytes(random.Next(9))] };
        }

        var text = Encoding.UTF8.GetString(file.Content);
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = text.Split(end).ToList();
        for (; edits > 0; edits--)
        {
            var at = random.Next(lines.Count + 1);
            var gone = Math.Min(random.Next(4), lines.Count - at);
            lines.RemoveRange(at, gone);
            lines.InsertRange(at, Enumerable.Range(0, random.Next(gone == 0 ? 1 : 0, 4)).Select(_ => Line()));
        }

        return file with { Content = Encoding.UTF8.GetBytes(string.Join(end, lines)) };
    }
}

using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// One way to read a path: some words of its file's name, or its directory's name, are the name of the thing that it
/// belongs to, and the rest is a shape that other files share. <c>src/orders/OrderHandlerTests.cs</c> can be read as
/// <c>*HandlerTests.cs</c> of Order, <c>*Tests.cs</c> of OrderHandler and so on.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Full">The shape of the whole path.</param>
/// <param name="Near">The shape of the last directory and the file's name.</param>
/// <param name="Bare">The shape of the file's name.</param>
/// <param name="Fixed">How many words of the file's name are in the shape.</param>
internal readonly record struct PathReading(NameWords Name, ulong Full, ulong Near, ulong Bare, int Fixed)
{
    private const int MostWords = 7;
    private const char Hole = '\u0001';

    /// <summary>All readings of a path, the whole name of the file first.</summary>
    internal static List<PathReading> Of(string path)
    {
        var directories = Directories(path);
        var file = path[(path.LastIndexOf('/') + 1)..];
        var body = Body(file);
        var words = NameWords.Ranges(body);
        var readings = new List<PathReading>();
        for (var length = words.Count; length > 0; length--)
        {
            Add(0, length);
            if (length < words.Count && words.Count <= MostWords)
            {
                Add(words.Count - length, length);
            }
        }

        if (directories.Length > 0 && NameWords.Of(directories[^1]) is { Count: > 0 } parent && !NameWords.Of(body).Equals(parent))
        {
            readings.Add(Of(parent, directories, file, words.Count + 1));
        }

        return readings;

        void Add(int first, int length)
        {
            var (start, end) = (words[first].Start.Value, words[first + length - 1].End.Value);
            readings.Add(Of(NameWords.Of(body[start..end]), directories, $"{file[..start]}{Hole}{file[end..]}", words.Count - length));
        }
    }

    /// <summary>The directories of a path.</summary>
    internal static string[] Directories(string path) =>
        path.LastIndexOf('/') is var slash and > 0 ? path[..slash].Split('/') : [];

    /// <summary>A file's name up to its first dot.</summary>
    internal static string Body(string file) => file.IndexOf('.', Math.Min(1, file.Length)) is var dot and > 0 ? file[..dot] : file;

    private static PathReading Of(NameWords name, string[] directories, string file, int words)
    {
        string[] shaped = [.. directories.Select(d => NameWords.Of(d).Equals(name) ? $"{Hole}" : d)];
        return new PathReading(name, Hash($"1{string.Join('/', shaped)}/{file}"),
            Hash($"2{(shaped.Length == 0 ? "" : shaped[^1])}/{file}"), Hash($"3{file}"), words);
    }

    private static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}

namespace GitWriteOpt.Dependencies;

/// <summary>Who uses whose types, in languages where a file of the same namespace needs no import (C#, Java).</summary>
internal static class TypeNames
{
    /// <summary>FNV-1a over the bytes of a name: small to keep, and the same on every machine.</summary>
    public static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash;
    }

    /// <summary>The same of text.</summary>
    public static uint Hash(string name) => Hash(System.Text.Encoding.UTF8.GetBytes(name));

    /// <summary>The last part of a dotted name.</summary>
    public static string Simple(string type) => type[(type.LastIndexOf('.') + 1)..];

    /// <summary>Whether a file can mean a type where it mentions the type's simple name, and does mention it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="type">A type with its namespace.</param>
    /// <param name="everywhere">Namespaces that are opened for the whole project.</param>
    public static bool Uses(FileReferences file, string type, IReadOnlyCollection<string> everywhere)
    {
        var simple = Simple(type);
        if (!Contains(file.Mentions, Hash(simple)) || file.Types.Any(own => Simple(own) == simple))
        {
            return false;
        }

        var space = type.Length > simple.Length ? type[..^(simple.Length + 1)] : "";
        return space.Length == 0 || IsAtOrBelow(file.Namespace, space) || everywhere.Contains(space)
            || file.Uses.Any(use => use.Target == space || use.Target == type);
    }

    private static bool IsAtOrBelow(string name, string above) => name.StartsWith(above, StringComparison.Ordinal)
        && (name.Length == above.Length || name[above.Length] == '.');

    private static bool Contains(IReadOnlyList<uint> sorted, uint wanted)
    {
        var (low, high) = (0, sorted.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] == wanted)
            {
                return true;
            }

            (low, high) = sorted[middle] < wanted ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}

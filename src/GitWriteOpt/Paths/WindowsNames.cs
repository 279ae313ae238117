using System.Buffers;

namespace GitWriteOpt.Paths;

/// <summary>Names that Windows cannot hold or takes for devices.</summary>
internal static class WindowsNames
{
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"|?*\\");

    /// <summary>What is wrong with a component on Windows, or null.</summary>
    public static string? Objection(string component)
    {
        if (component.AsSpan().IndexOfAny(Forbidden) >= 0 || component.Any(c => c < ' '))
        {
            return "it has a character that Windows does not allow in names";
        }

        if (component[^1] is '.' or ' ')
        {
            return "a component ends in a dot or a blank, which Windows drops";
        }

        var dot = component.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? component : component[..dot]).TrimEnd();
        return Devices.Contains(stem) ? "a component is the name of a Windows device" : null;
    }
}

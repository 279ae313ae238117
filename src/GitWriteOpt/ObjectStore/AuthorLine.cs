using System.Globalization;

namespace GitWriteOpt.ObjectStore;

/// <summary>The author line of a commit: name, mail address and date as git writes them.</summary>
public static class AuthorLine
{
    /// <summary>Who commits where the user has no identity configured.</summary>
    public const string Fallback = "git-writeopt <git-writeopt@localhost>";

    /// <summary>
    /// An identity that <c>git fsck --strict</c> accepts: one name, one address in angle brackets; line breaks and stray
    /// brackets dropped, as git drops them.
    /// </summary>
    public static string Clean(string identity)
    {
        var open = identity.IndexOf('<', StringComparison.Ordinal);
        var name = Part(open < 0 ? identity : identity[..open]);
        var mail = Part(open < 0 ? "" : identity[open..]);
        if (name.Length == 0)
        {
            name = mail.Length == 0 ? "git-writeopt" : mail;
        }

        return $"{name} <{mail}>";
    }

    /// <summary>A date as seconds since 1970 and offset.</summary>
    internal static string Date(DateTimeOffset date)
    {
        var offset = (int)Math.Truncate(date.Offset.TotalMinutes);
        var minutes = Math.Abs(offset);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Math.Max(0, date.ToUnixTimeSeconds())} {(offset < 0 ? '-' : '+')}{minutes / 60:00}{minutes % 60:00}");
    }

    /// <summary>Reads what follows <c>author</c>.</summary>
    internal static bool TryParse(string line, out string who, out DateTimeOffset when)
    {
        who = line;
        when = default;
        var close = line.LastIndexOf('>');
        if (close < 0)
        {
            return false;
        }

        who = line[..(close + 1)];
        var parts = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 0 or > 253402214400)
        {
            return false;
        }

        when = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var offset)
            && Math.Abs(offset) < 1400)
        {
            when = when.ToOffset(TimeSpan.FromMinutes((offset / 100 * 60) + (offset % 100)));
        }

        return true;
    }

    private static string Part(string text) =>
        new string([.. text.Where(c => c is not ('<' or '>') && !char.IsControl(c))]).Trim(' ', '.', ',', ':', ';', '"', '\'', '\\');
}

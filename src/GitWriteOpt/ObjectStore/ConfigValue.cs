using System.Globalization;

namespace GitWriteOpt.ObjectStore;

/// <summary>Reads values of the configuration as git reads them.</summary>
public static class ConfigValue
{
    /// <summary>
    /// True, yes, on and a name without a value are true; false, no, off and an empty value are false; a number (with
    /// k, m or g) is true unless it is 0.
    /// </summary>
    /// <returns>False where it is none of these.</returns>
    public static bool TryBool(string? text, out bool value)
    {
        value = text is null || Is(text, "true") || Is(text, "yes") || Is(text, "on");
        if (value || text!.Length == 0 || Is(text, "false") || Is(text, "no") || Is(text, "off"))
        {
            return true;
        }

        var digits = text[^1] is 'k' or 'K' or 'm' or 'M' or 'g' or 'G' ? text.AsSpan(0, text.Length - 1) : text;
        var read = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        value = number != 0;
        return read;
    }

    /// <summary>A whole number, with k, m or g for 1,024 and its powers.</summary>
    /// <returns>False where it is none, or too large.</returns>
    public static bool TryNumber(string? text, out long value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var shift = text[^1] switch { 'k' or 'K' => 10, 'm' or 'M' => 20, 'g' or 'G' => 30, _ => 0 };
        if (!long.TryParse(shift == 0 ? text : text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var number) || Math.Abs((decimal)number) * (1L << shift) > long.MaxValue)
        {
            return false;
        }

        value = number << shift;
        return true;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

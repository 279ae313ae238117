using System.Text;

namespace GitWriteOpt.Cli;

/// <summary>The public spelling of enumerations: lower case with hyphens (<c>RolledBack</c> is <c>rolled-back</c>).</summary>
internal static class Spelling
{
    /// <summary>How options and JSON spell a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var spelt = new StringBuilder(name.Length + 2);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && spelt.Length > 0)
            {
                spelt.Append('-');
            }

            spelt.Append(char.ToLowerInvariant(c));
        }

        return spelt.ToString();
    }

    /// <summary>The value that is spelt so; options accept no other spelling before they get here.</summary>
    public static T Parse<T>(string spelt)
        where T : struct, Enum =>
        Enum.GetValues<T>().First(value => Of(value) == spelt);
}

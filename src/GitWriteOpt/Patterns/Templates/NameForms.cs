namespace GitWriteOpt.Patterns.Templates;

/// <summary>The words for <see cref="NameForm"/> in placeholders.</summary>
internal static class NameForms
{
    private static readonly string[] Words =
        ["pascal", "camel", "snake", "kebab", "constant", "lower", "upper", "sentence", "title"];

    /// <summary>The word for a form.</summary>
    internal static string Word(NameForm form) => Words[(int)form];

    /// <summary>The form of a word.</summary>
    internal static bool TryParse(string word, out NameForm form)
    {
        var at = Array.IndexOf(Words, word);
        form = (NameForm)Math.Max(0, at);
        return at >= 0;
    }
}

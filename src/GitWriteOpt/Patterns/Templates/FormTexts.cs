using System.Buffers;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>A name in all its forms, and in the plural, to be looked for in texts.</summary>
internal sealed class FormTexts
{
    /// <summary>Set beside the bits of the forms where a text is the plural.</summary>
    internal const int PluralBit = 1 << 9;

    private const int Short = 400;
    private readonly (string Text, int Bits)[] _texts;
    private readonly Lazy<SearchValues<string>> _search;

    /// <summary>Of a name.</summary>
    internal FormTexts(NameWords name)
    {
        var plural = name.Plural();
        var forms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var form in Enum.GetValues<NameForm>())
        {
            var (one, many) = (name.In(form), plural.In(form));
            forms[one] = forms.GetValueOrDefault(one) | (1 << (int)form);
            forms[many] = forms.GetValueOrDefault(many) | (1 << (int)form) | PluralBit;
        }

        _texts = [.. forms.OrderByDescending(f => f.Key.Length).Select(f => (f.Key, f.Value))];
        _search = new Lazy<SearchValues<string>>(() => SearchValues.Create([.. _texts.Select(t => t.Text)], StringComparison.Ordinal));
    }

    /// <summary>Where the next text that may be the name stands, or -1.</summary>
    internal int Next(string text, int from)
    {
        // Making the search costs more than a path is worth.
        if (text.Length > Short)
        {
            return text.AsSpan(from).IndexOfAny(_search.Value) is var at and >= 0 ? from + at : -1;
        }

        for (var at = from; at < text.Length; at++)
        {
            if (Find(text, at).Text is not null)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The name as it stands at a place, and the forms that it can be in there; null where it does not.</summary>
    internal (string? Text, int Bits) Find(string text, int at)
    {
        foreach (var (form, bits) in _texts)
        {
            if (form[0] == text[at] && string.CompareOrdinal(text, at, form, 0, form.Length) == 0 && Renaming.Stands(text, at, at + form.Length))
            {
                return (form, bits);
            }
        }

        return (null, 0);
    }
}

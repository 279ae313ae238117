using System.Text;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Replaces a name in a text by marks that are alike in all instances: a mark says which forms the name can be in there.
/// A name of one word has the same letters in several forms; only an instance with several words tells them apart, so
/// texts are compared without the forms, and the forms that all instances allow are kept (<see cref="Resolve"/>).
/// </summary>
internal static class Abstraction
{
    /// <summary>Stands for a name, before the character that says its forms.</summary>
    internal const char Mark = '\ue000';

    private const int FirstForms = '\ue100';
    private const int PluralBit = FormTexts.PluralBit;
    private const char LastPrivate = '\uf8ff';

    /// <summary>Whether a text can be abstracted: it must not have our marks of its own.</summary>
    internal static bool Accepts(string text) => !text.AsSpan().ContainsAnyInRange(Mark, LastPrivate);

    /// <summary>The text with marks for a name.</summary>
    internal static string Of(string text, NameWords name)
    {
        var forms = name.Forms;
        var result = new StringBuilder(text.Length);
        var done = 0;
        for (var at = forms.Next(text, 0); at >= 0; at = forms.Next(text, done))
        {
            result.Append(text, done, at - done);
            if (forms.Find(text, at) is var (found, bits) && found is not null)
            {
                result.Append(Mark).Append((char)(FirstForms + bits));
                done = at + found.Length;
            }
            else
            {
                result.Append(text[at]);
                done = at + 1;
            }
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>The text without what says the forms: equal for instances of one shape.</summary>
    internal static string Skeleton(string marked)
    {
        if (!marked.Contains(Mark, StringComparison.Ordinal))
        {
            return marked;
        }

        var text = new StringBuilder(marked.Length);
        for (var i = 0; i < marked.Length; i++)
        {
            text.Append(marked[i]);
            i += marked[i] == Mark ? 1 : 0;
        }

        return text.ToString();
    }

    /// <summary>One text with placeholders for instances that have the same skeleton; null where no form fits them all.</summary>
    internal static string? Resolve(IReadOnlyList<string> marked, string parameter)
    {
        var first = marked[0];
        var text = new StringBuilder(first.Length);
        var literal = new StringBuilder();
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] != Mark)
            {
                literal.Append(first[i]);
                continue;
            }

            i++;
            var place = i;
            var forms = marked.Aggregate(int.MaxValue, (all, one) => all & (one[place] - FirstForms));
            if ((forms & (PluralBit - 1)) == 0)
            {
                return null;
            }

            var (before, after) = (place > 1 ? first[place - 2] : ' ', place + 1 < first.Length ? first[place + 1] : ' ');
            text.Append(TemplateText.Quote(literal.ToString()));
            literal.Clear();
            text.Append(TemplateText.Of(parameter, Choose(forms & (PluralBit - 1), before, after), (forms & PluralBit) != 0));
        }

        return text.Append(TemplateText.Quote(literal.ToString())).ToString();
    }

    // Where several forms fit, what stands beside it tells; else the most common one.
    private static NameForm Choose(int forms, char before, char after)
    {
        NameForm[] order = before == '_' || after == '_' ? [NameForm.Snake, NameForm.Constant]
            : before == '-' || after == '-' ? [NameForm.Kebab] : char.IsLetter(after) ? [NameForm.Camel] : [];
        foreach (var form in order.Concat([NameForm.Pascal, NameForm.Camel, NameForm.Kebab, NameForm.Snake, NameForm.Constant]))
        {
            if ((forms >> (int)form & 1) != 0)
            {
                return form;
            }
        }

        return (NameForm)System.Numerics.BitOperations.TrailingZeroCount(forms);
    }
}

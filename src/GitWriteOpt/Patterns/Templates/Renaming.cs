using System.Buffers;
using System.Text;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Puts new names in the place of old ones in a text, in every form in which the old ones stand there. Where one form of
/// an old name is several forms of the new one (<c>order</c> becomes <c>orderLine</c>, <c>order_line</c> or
/// <c>order-line</c>) what stands beside it decides, else the form that the caller prefers.
/// </summary>
internal sealed class Renaming
{
    private static readonly NameForm[] Ambiguous = [NameForm.Camel, NameForm.Snake, NameForm.Kebab, NameForm.Lower];
    private const int Short = 400;
    private readonly List<Pair> _pairs = [];
    private readonly NameForm _inPaths;
    private readonly NameForm _inText;
    private readonly Lazy<SearchValues<string>> _search;

    /// <summary>A renaming of names, and of texts that are replaced as they are.</summary>
    /// <param name="names">Old and new names; equal ones and those shorter than two letters are left out.</param>
    /// <param name="texts">Old and new texts, between anything but letters and digits.</param>
    /// <param name="inPaths">The form of a name of several words beside a slash, where nothing else tells.</param>
    /// <param name="inText">The form elsewhere.</param>
    internal Renaming(IEnumerable<(NameWords From, NameWords To)> names, IEnumerable<(string From, string To)> texts,
        NameForm inPaths, NameForm inText)
    {
        (_inPaths, _inText) = (inPaths, inText);
        foreach (var (from, to) in names)
        {
            if (from.Length >= 2 && to.Count > 0 && !from.Equals(to))
            {
                // As they are written first: not every name has a form (20230526_AddUsers).
                _pairs.Add(new Pair(from.Text, to.Text, from.Count == 1 && to.Count > 1 && from.Text == from.In(NameForm.Lower) ? to : null));
                Add(from.Plural(), to.Plural());
                Add(from, to);
            }
        }

        foreach (var (from, to) in texts)
        {
            if (from.Length >= 2 && from != to)
            {
                _pairs.Insert(0, new Pair(from, to, null));
            }
        }

        _pairs = [.. _pairs.OrderByDescending(p => p.From.Length)];
        _search = new Lazy<SearchValues<string>>(() => SearchValues.Create(
            [.. _pairs.Select(p => p.From).Distinct(StringComparer.OrdinalIgnoreCase)], StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether it changes nothing.</summary>
    internal bool IsEmpty => _pairs.Count == 0;

    /// <summary>The text with the new names.</summary>
    internal string Apply(string text)
    {
        var at = IsEmpty ? -1 : Next(text, 0);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 64);
        var done = 0;
        while (at >= 0)
        {
            at += done;
            if (PairAt(text, at) is { } pair)
            {
                result.Append(text, done, at - done).Append(pair.Choices is null ? pair.To : Choose(pair.Choices, text, at, at + pair.From.Length));
                done = at + pair.From.Length;
            }
            else
            {
                result.Append(text, done, at + 1 - done);
                done = at + 1;
            }

            at = Next(text, done);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    // Making the search costs more than a path is worth.
    private int Next(string text, int from)
    {
        if (text.Length > Short)
        {
            return text.AsSpan(from).IndexOfAny(_search.Value);
        }

        for (var at = from; at < text.Length; at++)
        {
            if (PairAt(text, at) is not null)
            {
                return at - from;
            }
        }

        return -1;
    }

    private void Add(NameWords from, NameWords to)
    {
        var one = from.Count == 1;
        var choices = one && to.Count > 1 ? to : null;
        foreach (var form in Enum.GetValues<NameForm>())
        {
            var text = from.In(form);
            if (_pairs.Exists(p => p.From == text))
            {
                continue;
            }

            _pairs.Add(new Pair(text, to.In(one && form == NameForm.Title ? NameForm.Pascal : form),
                one && Ambiguous.Contains(form) ? choices : null));
        }
    }

    private Pair? PairAt(string text, int at)
    {
        foreach (var pair in _pairs)
        {
            if (string.CompareOrdinal(text, at, pair.From, 0, pair.From.Length) == 0 && Stands(text, at, at + pair.From.Length))
            {
                return pair;
            }
        }

        return null;
    }

    /// <summary>Whether words begin and end there: "order" stands in "order_id", "preOrder" and "IOrder", not in "border".</summary>
    internal static bool Stands(string text, int start, int end)
    {
        var (first, last) = (text[start], text[end - 1]);
        if (start > 0 && char.IsLetterOrDigit(first) && text[start - 1] is var before && char.IsLetterOrDigit(before)
            && !(char.IsUpper(first) && (!char.IsUpper(before) || (before is 'I' or 'T' && (start == 1 || !char.IsLetterOrDigit(text[start - 2]))))))
        {
            return false;
        }

        return end == text.Length || !char.IsLetterOrDigit(last) || text[end] is var after && (!char.IsLetterOrDigit(after)
            || (char.IsUpper(after) && !char.IsUpper(last)) || (char.IsDigit(after) && !char.IsDigit(last))
            || (char.IsUpper(last) && end - start > 1 && char.IsUpper(after) && end + 1 < text.Length && char.IsLower(text[end + 1])));
    }

    private string Choose(NameWords to, string text, int start, int end)
    {
        var before = start > 0 ? text[start - 1] : ' ';
        var after = end < text.Length ? text[end] : ' ';
        var form = before == '_' || after == '_' ? NameForm.Snake
            : (before == '-' && start > 1 && char.IsLetterOrDigit(text[start - 2]))
                || (after == '-' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])) ? NameForm.Kebab
            : char.IsUpper(after) ? NameForm.Camel : before == '/' || after == '/' ? _inPaths : _inText;
        return to.In(form);
    }

    private sealed record Pair(string From, string To, NameWords? Choices);
}

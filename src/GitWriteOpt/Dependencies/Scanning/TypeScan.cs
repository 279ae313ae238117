namespace GitWriteOpt.Dependencies.Scanning;

/// <summary>Gathers, token by token, the types that a file declares and the names in it that may be types.</summary>
internal sealed class TypeScan
{
    private const int MostMentions = 20_000;

    private readonly HashSet<uint> _mentions = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private bool _declares;
    private bool _delegates;
    private bool _afterDot;
    private string? _candidate;

    /// <summary>Whether nothing was seen.</summary>
    public bool IsEmpty => _mentions.Count == 0 && _types.Count == 0;

    /// <summary>Looks at the cursor's token.</summary>
    /// <param name="cursor">Where the scan is.</param>
    /// <param name="outermost">Whether a type that is declared here is declared outside of others.</param>
    /// <param name="space">The namespace here.</param>
    public void See(ref SourceCursor cursor, bool outermost, string space)
    {
        if (cursor.Kind == TokenKind.Word)
        {
            var word = cursor.Value;
            if (IsKeyword(word))
            {
                _declares = outermost && !_afterDot;
                _delegates = _declares && word.SequenceEqual("delegate"u8);
            }
            else if (_declares && _delegates)
            {
                _candidate = cursor.Text;
            }
            else if (_declares)
            {
                _declares = false;
                _types.Add(space.Length == 0 ? cursor.Text : space + "." + cursor.Text);
            }

            if (word[0] is >= (byte)'A' and <= (byte)'Z' && !_afterDot && _mentions.Count < MostMentions)
            {
                _mentions.Add(TypeNames.Hash(word));
            }
        }
        else
        {
            if (_delegates && cursor.Is('(') && _candidate is not null)
            {
                _types.Add(space.Length == 0 ? _candidate : space + "." + _candidate);
            }

            // delegate Task<int> Name(...): the name is what stands before the bracket.
            _declares &= _delegates && !cursor.Is('(') && !cursor.Is(';');
            _delegates &= _declares;
            _candidate = _delegates ? _candidate : null;
        }

        _afterDot = cursor.Is('.');
    }

    /// <summary>Adds what was seen to what a file refers to.</summary>
    public FileReferences Complete(FileReferences references) => references with
    {
        Types = [.. _types.Order(StringComparer.Ordinal)],
        Mentions = [.. _mentions.Order()],
    };

    private static bool IsKeyword(ReadOnlySpan<byte> word) => word.SequenceEqual("class"u8) || word.SequenceEqual("struct"u8)
        || word.SequenceEqual("interface"u8) || word.SequenceEqual("enum"u8) || word.SequenceEqual("record"u8) || word.SequenceEqual("delegate"u8);
}

using System.Text.Json;

namespace GitWriteOpt.Batches.Json;

/// <summary>Sibling values, or names of members, for <c>foreach</c>.</summary>
/// <param name="Tape">Where they stand.</param>
/// <param name="Start">The first cell.</param>
/// <param name="End">The cell after the last.</param>
internal readonly record struct JsonItems(JsonTape Tape, int Start, int End)
{
    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Start == End;

    /// <summary>The first one.</summary>
    public JsonItem First => new(Tape, Start);

    /// <summary>Whether there is exactly one.</summary>
    public bool IsSingle => !IsEmpty && Tape[Start].Next == End;

    /// <summary>From the first to the last.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks over siblings without allocation.</summary>
    internal struct Enumerator(JsonItems items)
    {
        private int _next = items.Start;

        /// <summary>The one at hand.</summary>
        public JsonItem Current { get; private set; }

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            if (_next == items.End)
            {
                return false;
            }

            Current = new JsonItem(items.Tape, _next);
            _next = Current.Kind == JsonTokenType.PropertyName
                ? items.Tape[_next + 1].Next
                : items.Tape[_next].Next;
            return true;
        }
    }
}

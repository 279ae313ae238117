using System.Collections;

namespace GitWriteOpt.Planning;

/// <summary>A list that is made when somebody looks: the common path of apply never looks at its decisions.</summary>
internal sealed class DeferredList<T>(Func<IReadOnlyList<T>> make) : IReadOnlyList<T>
{
    private readonly Lazy<IReadOnlyList<T>> _items = new(make);

    /// <inheritdoc/>
    public int Count => _items.Value.Count;

    /// <inheritdoc/>
    public T this[int index] => _items.Value[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.Value.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

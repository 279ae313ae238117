namespace GitWriteOpt.Planning;

/// <summary>Sets that are merged by pairs: union-find with path halving (Tarjan and van Leeuwen 1984).</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, count)];

    /// <summary>The representative of a set: its smallest number.</summary>
    public int Find(int node)
    {
        while (_parent[node] != node)
        {
            node = _parent[node] = _parent[_parent[node]];
        }

        return node;
    }

    /// <summary>Makes two sets one.</summary>
    public void Union(int left, int right)
    {
        (left, right) = (Find(left), Find(right));
        _parent[Math.Max(left, right)] = Math.Min(left, right);
    }
}

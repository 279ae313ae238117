namespace GitWriteOpt.Patterns;

/// <summary>How much less an older commit counts: halved every so many commits; from a table, since it is asked often.</summary>
internal sealed class Decay
{
    private readonly float[] _table = new float[8192];

    /// <summary>With this half-life in commits.</summary>
    internal Decay(float halfLife)
    {
        for (var age = 0; age < _table.Length; age++)
        {
            _table[age] = MathF.Pow(0.5f, age / halfLife);
        }
    }

    /// <summary>The weight of a commit of this age.</summary>
    internal float this[int age] => _table[Math.Min(age, _table.Length - 1)];
}

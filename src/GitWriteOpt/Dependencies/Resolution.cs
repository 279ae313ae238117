namespace GitWriteOpt.Dependencies;

/// <summary>What a reference means in a repository. A closed family.</summary>
internal abstract record Resolution
{
    private Resolution()
    {
    }

    /// <summary>Nothing can be said.</summary>
    public static readonly Resolution NotKnown = new Unknown();

    /// <summary>Files of the repository: one, or all that make up a package.</summary>
    public sealed record Found(IReadOnlyList<string> Files) : Resolution;

    /// <summary>The repository's own, and not there.</summary>
    /// <param name="Expected">The path where it was looked for first.</param>
    public sealed record Missing(string Expected) : Resolution;

    /// <summary>Somebody else's package.</summary>
    /// <param name="Name">Its name as a manifest has it.</param>
    public sealed record Package(string Name) : Resolution;

    /// <summary>The language's own, or no way to tell.</summary>
    public sealed record Unknown : Resolution;

    /// <summary>The first of these paths that is there, else missing at the first.</summary>
    public static Resolution First(FileView view, IEnumerable<string?> candidates)
    {
        string? expected = null;
        foreach (var candidate in candidates)
        {
            if (candidate is { Length: > 0 })
            {
                if (view.Exists(candidate))
                {
                    return new Found([candidate]);
                }

                expected ??= candidate;
            }
        }

        return expected is null ? NotKnown : new Missing(expected);
    }
}

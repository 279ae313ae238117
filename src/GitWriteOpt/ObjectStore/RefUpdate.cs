namespace GitWriteOpt.ObjectStore;

/// <summary>One change of a transaction of refs. Only refs below <see cref="RefNames.Root"/> can be named.</summary>
public abstract record RefUpdate
{
    private RefUpdate(string name) => Name = RefNames.IsOurs(name)
        ? name
        : throw new ArgumentException($"\"{name}\" is not a ref below {RefNames.Root}", nameof(name));

    /// <summary>The full name.</summary>
    public string Name { get; }

    /// <summary>Makes a ref that must not exist.</summary>
    /// <param name="Name">The full name.</param>
    /// <param name="Id">What it shall point at.</param>
    public sealed record Create(string Name, ObjectId Id) : RefUpdate(Name);

    /// <summary>Moves a ref.</summary>
    /// <param name="Name">The full name.</param>
    /// <param name="Id">What it shall point at.</param>
    /// <param name="Old">What it must point at now.</param>
    public sealed record Update(string Name, ObjectId Id, ObjectId Old) : RefUpdate(Name);

    /// <summary>Removes a ref.</summary>
    /// <param name="Name">The full name.</param>
    /// <param name="Old">What it must point at now; null to remove it whatever it is, or even if it is not there.</param>
    public sealed record Delete(string Name, ObjectId? Old) : RefUpdate(Name);
}

/// <summary>A ref and what it points at.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Id">The object.</param>
public readonly record struct RefEntry(string Name, ObjectId Id);

/// <summary>What HEAD is.</summary>
/// <param name="Branch">The full name of the branch, or null where HEAD is detached.</param>
/// <param name="Commit">The commit, or null where the branch is unborn.</param>
public sealed record HeadState(string? Branch, ObjectId? Commit);

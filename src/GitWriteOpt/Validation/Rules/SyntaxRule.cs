using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules;

/// <summary>
/// A rule whose parser reads the whole file. Templates, from which another program makes the real file, are left alone;
/// what is broken among tests is a warning, since it may be broken on purpose.
/// </summary>
internal abstract class SyntaxRule(RuleInfo info) : StateRule(info)
{
    /// <inheritdoc/>
    public sealed override bool Covers(RepoPath path) => Dialect(path) is not null;

    /// <inheritdoc/>
    public sealed override string Variant(RepoPath path) => Dialect(path) + (FileNature.IsTestData(path) ? " test" : "");

    /// <inheritdoc/>
    public sealed override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        if (FileNature.IsWide(bytes.Span))
        {
            return [];
        }

        List<Sighting> found = [.. Parse(path, bytes, Dialect(path)!)];
        return found.Count == 0 || IsTemplate(bytes.Span) ? []
            : FileNature.IsTestData(path) ? found.Select(s => s with { Unsure = true }) : found;
    }

    /// <summary>The dialect that a file of this name is in; null where it is not this rule's business.</summary>
    protected abstract string? Dialect(RepoPath path);

    /// <summary>Whether another program makes the real file of this one; asked where something is wrong.</summary>
    protected virtual bool IsTemplate(ReadOnlySpan<byte> bytes) => FileNature.IsTemplate(bytes);

    /// <summary>What is wrong; the first error is enough.</summary>
    protected abstract IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect);

    /// <summary>Whether a name ends in one of these, whatever the case.</summary>
    protected static bool EndsWith(string name, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>How much of what a template wrote is still there: the lines of its files that HEAD has at the same paths.</summary>
internal sealed class TemplateSurvival(ObjectReader objects, ObjectId head)
{
    private readonly TextBlobs _texts = new(objects);

    /// <summary>The lines that a template's transaction wrote into files that are committed, and those that are left.</summary>
    /// <exception cref="Errors.StoreException">An object is damaged or missing.</exception>
    internal (int Written, int Left) Of(CommitObject commit)
    {
        var (written, left) = (0, 0);
        foreach (var (path, blob) in TemplateTransactions.Files(commit, objects))
        {
            if (_texts.Read(blob) is { } text && TemplateTransactions.Find(head, path, objects) is { } now && _texts.Read(now) is { } current)
            {
                var lines = SkeletonWriting.Lines(current).ToHashSet(StringComparer.Ordinal);
                List<string> own = [.. SkeletonWriting.Lines(text).Where(line => !string.IsNullOrWhiteSpace(line))];
                written += own.Count;
                left += own.Count(lines.Contains);
            }
        }

        return (written, left);
    }
}

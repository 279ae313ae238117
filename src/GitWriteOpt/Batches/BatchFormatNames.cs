using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches;

/// <summary>The names that <c>--format</c> takes.</summary>
public static class BatchFormatNames
{
    private static readonly (string Name, BatchFormat Format)[] Names =
    [
        ("auto", BatchFormat.Auto), ("native", BatchFormat.Native), ("tools", BatchFormat.Tools),
        ("apply-patch", BatchFormat.ApplyPatch), ("diff", BatchFormat.Diff),
    ];

    // In CONTRACT's list, and not read yet: their names get a message of their own.
    private static readonly string[] NotReadYet =
        ["search-replace", "workspace-edit", "sarif", "ast-grep", "comby", "transcript"];

    /// <summary>The names, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(n => n.Name)];

    /// <summary>The name of a format.</summary>
    public static string NameOf(BatchFormat format) => Names.First(n => n.Format == format).Name;

    /// <summary>The format of a name.</summary>
    /// <exception cref="UsageException">There is none, or it is not read yet; the message lists the names.</exception>
    public static BatchFormat Parse(string name)
    {
        foreach (var (known, format) in Names)
        {
            if (known == name)
            {
                return format;
            }
        }

        var reason = NotReadYet.Contains(name) ? "is not read yet" : "is not a format";
        throw new UsageException(new WriteError(ErrorCategory.Usage, "unknown-format",
            $"\"{name}\" {reason}; the formats are {string.Join(", ", All)}")
        {
            Suggestion = "name one of them with --format, or leave it out to have the format detected",
        });
    }
}

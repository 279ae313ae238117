using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches;

/// <summary>The names that <c>--format</c> takes.</summary>
public static class BatchFormatNames
{
    private static readonly (string Name, BatchFormat Format)[] Names =
    [
        ("auto", BatchFormat.Auto), ("native", BatchFormat.Native), ("tools", BatchFormat.Tools),
        ("apply-patch", BatchFormat.ApplyPatch), ("diff", BatchFormat.Diff),
        ("search-replace", BatchFormat.SearchReplace), ("workspace-edit", BatchFormat.WorkspaceEdit),
        ("sarif", BatchFormat.Sarif), ("ast-grep", BatchFormat.AstGrep), ("comby", BatchFormat.Comby),
        ("transcript", BatchFormat.Transcript),
    ];

    /// <summary>The names, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(n => n.Name)];

    /// <summary>The name of a format.</summary>
    public static string NameOf(BatchFormat format) => Names.First(n => n.Format == format).Name;

    /// <summary>The format of a name.</summary>
    /// <exception cref="UsageException">There is none; the message lists the names.</exception>
    public static BatchFormat Parse(string name)
    {
        foreach (var (known, format) in Names)
        {
            if (known == name)
            {
                return format;
            }
        }

        throw new UsageException(new WriteError(ErrorCategory.Usage, "unknown-format",
            $"\"{name}\" is not a format; the formats are {string.Join(", ", All)}")
        {
            Suggestion = "name one of them with --format, or leave it out to have the format detected",
        });
    }
}

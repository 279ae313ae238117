using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GitWriteOpt.Patterns.Workflows;

/// <summary>Gives workflows names that can be typed: what the first and the last step do.</summary>
internal static class WorkflowNames
{
    // Both and "-then-" stay below the 64 characters that hosts of skills allow.
    private const int Longest = 26;

    /// <summary>The workflows with names, each its own.</summary>
    internal static IEnumerable<Workflow> Name(IEnumerable<Workflow> workflows)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var workflow in workflows)
        {
            var name = $"{Slug(workflow.Steps[0].Roles[0])}-then-{Slug(workflow.Steps[^1].Roles[0])}";
            var own = name;
            for (var number = 2; !used.Add(own); number++)
            {
                own = $"{name}-{number}";
            }

            yield return workflow with { Name = own };
        }
    }

    // The last directory and the ending say most: "db/migrate/*.rb" is "add-migrate-rb".
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "small letters are what is wanted")]
    private static string Slug(WorkflowRole role)
    {
        var parts = role.Path.Split('/');
        var path = role.Path.Contains('*', StringComparison.Ordinal) ? string.Join('/', parts[Math.Max(0, parts.Length - 2)..]) : parts[^1];
        var slug = new StringBuilder(role.Change == WorkflowRole.FromTemplate ? "" : role.Change);
        var gap = slug.Length > 0;
        foreach (var c in path.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(gap ? "-" : "").Append(c);
                gap = false;
            }
            else
            {
                gap = slug.Length > 0;
            }
        }

        return slug.Length > Longest ? slug.ToString(0, Longest).TrimEnd('-') : slug.ToString();
    }
}

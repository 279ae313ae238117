using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Patterns.Workflows;

/// <summary>
/// From what a commit changed to the roles that it plays: the template that it used, the files that it changed, and for
/// each file its directory and ending, near (<c>src/a/*.cs</c>) and far (<c>src/**.cs</c>).
/// </summary>
internal sealed class StepShapes
{
    // A commit of more files is told by its directories: one of its many files says little about what follows.
    private const int NamedFiles = 12;

    private readonly List<(string Name, TemplateText Path, string Tail)> _templates = [];

    internal StepShapes(IReadOnlyList<Template> templates)
    {
        foreach (var template in templates)
        {
            if (template.State == Template.Active)
            {
                // Its first file stands for it.
                List<string> names = [.. template.Parameters.Select(p => p.Name)];
                _templates.Add((template.Name, TemplateText.Parse(template.Files[0].Path, names),
                    template.Files[0].Path[(template.Files[0].Path.LastIndexOf("}}", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : 0)..]));
            }
        }
    }

    /// <summary>The roles of a commit; none where it is too wide to be a step.</summary>
    internal List<WorkflowRole> Of(LearnedCommit commit)
    {
        var roles = new List<WorkflowRole>();
        if (!commit.IsWide)
        {
            foreach (var change in commit.Changes)
            {
                Collect(change, commit.Changes.Count <= NamedFiles, roles);
            }
        }

        return roles;
    }

    /// <summary>The roles of one change.</summary>
    internal List<WorkflowRole> Of(LearnedChange change)
    {
        var roles = new List<WorkflowRole>();
        Collect(change, named: true, roles);
        return roles;
    }

    private void Collect(LearnedChange change, bool named, List<WorkflowRole> roles)
    {
        if (change.Kind == 'D')
        {
            return;
        }

        var kind = change.Kind == 'A' ? WorkflowRole.Add : WorkflowRole.Modify;
        var (path, slash, ending) = (change.Path, change.Path.LastIndexOf('/'), Ending(change.Path));
        if (change.Kind == 'A')
        {
            foreach (var (name, pattern, tail) in _templates)
            {
                if (path.EndsWith(tail, StringComparison.Ordinal) && pattern.Match(path) is not null)
                {
                    Add(new WorkflowRole(WorkflowRole.FromTemplate, name));
                }
            }
        }
        else if (named)
        {
            Add(new WorkflowRole(kind, path));
        }

        Add(new WorkflowRole(kind, $"{path[..(slash + 1)]}*{ending}"));
        if (path.IndexOf('/', StringComparison.Ordinal) is var top and > 0)
        {
            Add(new WorkflowRole(kind, $"{path[..top]}/**{ending}"));
        }

        void Add(WorkflowRole role)
        {
            if (!roles.Contains(role))
            {
                roles.Add(role);
            }
        }
    }

    // From the first dot of the file's name; the whole name where there is none.
    private static string Ending(string path)
    {
        var file = path[(path.LastIndexOf('/') + 1)..];
        return file.IndexOf('.', Math.Min(1, file.Length)) is var dot and > 0 ? file[dot..] : file;
    }
}

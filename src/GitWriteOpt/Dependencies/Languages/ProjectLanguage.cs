using System.Text;
using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// MSBuild: project references, imports and items of projects, the projects of solutions. Paths with properties or
/// wildcards, and conditions, are for MSBuild alone.
/// </summary>
internal sealed class ProjectLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly ProjectLanguage Instance = new();

    private static readonly System.Buffers.SearchValues<char> NoPath = System.Buffers.SearchValues.Create("$*?%@;:");

    /// <inheritdoc/>
    public override string Name => "project";

    /// <inheritdoc/>
    public override bool MissingIsSure => true;

    /// <inheritdoc/>
    public override bool MayReferTo(string target) => Of(target) is ProjectLanguage or CSharpLanguage or null;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var found = new List<Reference>();
        if (path.EndsWith(".sln", StringComparison.Ordinal))
        {
            Solution(bytes, found);
        }
        else
        {
            Project(bytes, found);
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        var target = reference.Target.Replace('\\', '/');
        foreach (var here in new[] { "$(MSBuildThisFileDirectory)", "$(MSBuildProjectDirectory)/" })
        {
            target = target.StartsWith(here, StringComparison.Ordinal) ? target[here.Length..] : target;
        }

        return target.AsSpan().ContainsAny(NoPath) || target.StartsWith('/')
            || RelativePaths.Join(RelativePaths.Folder(file), target) is not { Length: > 0 } path
            ? Resolution.NotKnown
            : Resolution.First(view, [path]) switch
            {
                // Written on Windows, where case does not count: there it is met.
                Resolution.Missing when view.All.Any(p => p.Equals(path, StringComparison.OrdinalIgnoreCase)) => Resolution.NotKnown,
                var found => found,
            };
    }

    private static void Project(ReadOnlySpan<byte> bytes, List<Reference> found)
    {
        var conditions = new Stack<bool>();
        foreach (var tag in MarkupTag.In(bytes.ToArray()).TakeWhile(_ => found.Count < MostReferences))
        {
            if (tag.Closes)
            {
                conditions.TryPop(out _);
                continue;
            }

            var conditional = (conditions.TryPeek(out var outer) && outer) || tag.Attributes.ContainsKey("Condition");
            var attribute = tag.Name switch
            {
                "ProjectReference" or "Compile" or "EmbeddedResource" or "None" or "Content" or "AdditionalFiles" => "Include",
                "Import" => "Project",
                "Project" when conditions.Count > 0 => "Path",
                _ => null,
            };
            if (attribute is not null && tag.Attributes.TryGetValue(attribute, out var target) && target.Length is > 0 and < 1000)
            {
                found.Add(new Reference(ReferenceForm.Name, target, tag.Line, conditional));
            }

            if (!tag.IsEmpty)
            {
                conditions.Push(conditional);
            }
        }
    }

    // Project("{kind}") = "Name", "path\to.csproj", "{id}"
    private static void Solution(ReadOnlySpan<byte> bytes, List<Reference> found)
    {
        var number = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            number++;
            var line = bytes[range];
            if (line.StartsWith("Project(\""u8) && line.Length < 2000)
            {
                var parts = Encoding.UTF8.GetString(line).Split('"');
                if (parts.Length > 5 && parts[5].EndsWith("proj", StringComparison.Ordinal))
                {
                    found.Add(new Reference(ReferenceForm.Name, parts[5], number));
                }
            }
        }
    }
}

using System.Text;
using System.Xml;

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

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

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
            ? Resolution.NotKnown : Resolution.First(view, [path]);
    }

    private static void Project(ReadOnlySpan<byte> bytes, List<Reference> found)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings);
            var conditions = new Stack<bool>();
            while (reader.Read() && found.Count < MostReferences)
            {
                if (reader.NodeType == XmlNodeType.EndElement)
                {
                    conditions.TryPop(out _);
                }
                else if (reader.NodeType == XmlNodeType.Element)
                {
                    var conditional = (conditions.TryPeek(out var outer) && outer) || reader.GetAttribute("Condition") is not null;
                    var attribute = reader.LocalName switch
                    {
                        "ProjectReference" or "Compile" or "EmbeddedResource" or "None" or "Content" or "AdditionalFiles" => "Include",
                        "Import" => "Project",
                        "Project" when reader.Depth > 0 => "Path",
                        _ => null,
                    };
                    if (attribute is not null && reader.GetAttribute(attribute) is { Length: > 0 and < 1000 } target)
                    {
                        found.Add(new Reference(ReferenceForm.Name, target, ((IXmlLineInfo)reader).LineNumber, conditional));
                    }

                    if (!reader.IsEmptyElement)
                    {
                        conditions.Push(conditional);
                    }
                }
            }
        }
        catch (XmlException)
        {
            // What was read up to the break stands; a rule of its own says that the file is broken.
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

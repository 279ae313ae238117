namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// A group of files that are made together in one shape, or a single file of a shape, with the lines that are put into
/// files that list them. Kept in the patterns' tree as <c>templates/&lt;name&gt;/template.json</c> and, as text with
/// placeholders (<see cref="TemplateText"/>), <c>templates/&lt;name&gt;/files/&lt;path&gt;</c>.
/// </summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Version">Counts up each time that what it writes changes.</param>
/// <param name="State"><c>active</c>; <c>retired</c>: no longer followed, listed and not used; <c>imported</c>: inert until it is asked for by name.</param>
/// <param name="Source"><c>history</c>, <c>extract</c>, <c>import</c>, or <c>transaction</c>: made of the files of one batch.</param>
/// <param name="Parameters">What has to be given.</param>
/// <param name="Files">What it makes.</param>
/// <param name="Registry">The lines that it adds to files which are there.</param>
/// <param name="Instances">Where it came from, newest first.</param>
/// <param name="History">Its versions, oldest first.</param>
public sealed record Template(string Name, int Version, string State, string Source,
    IReadOnlyList<TemplateParameter> Parameters, IReadOnlyList<TemplateFile> Files,
    IReadOnlyList<RegistryLine> Registry, IReadOnlyList<TemplateInstance> Instances,
    IReadOnlyList<TemplateVersion> History)
{
    /// <summary>Mined or extracted, and followed.</summary>
    public const string Active = "active";

    /// <summary>No longer followed.</summary>
    public const string Retired = "retired";

    /// <summary>The source of one that was made of the new files of one batch.</summary>
    public const string OfTransaction = "transaction";

    /// <summary>Brought from elsewhere.</summary>
    public const string Imported = "imported";
}

/// <summary>Something that has to be given.</summary>
/// <param name="Name">By which it is given.</param>
/// <param name="Kind"><c>name</c> (in any form), <c>directory</c>, or of a hole: <c>date</c>, <c>number</c>, <c>identifier</c>, <c>free</c>.</param>
/// <param name="Examples">What earlier instances had, newest first.</param>
public sealed record TemplateParameter(string Name, string Kind, IReadOnlyList<string> Examples);

/// <summary>A file that a template makes.</summary>
/// <param name="Path">Its path, with placeholders.</param>
/// <param name="Text">Its content, with placeholders.</param>
/// <param name="Instances">How many instances had it.</param>
public sealed record TemplateFile(string Path, string Text, int Instances);

/// <summary>A line that a template adds to a file which lists its instances.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, with placeholders; other lines of its form are its siblings.</param>
/// <param name="Order"><c>alphabetical</c>, <c>appended</c> (after the last sibling) or <c>prepended</c> (before the first).</param>
public sealed record RegistryLine(string Path, string Line, string Order);

/// <summary>An instance of a template.</summary>
/// <param name="Id">The commit or transaction, abbreviated.</param>
/// <param name="Name">The name that it had.</param>
/// <param name="Paths">What it made.</param>
public sealed record TemplateInstance(string Id, string Name, IReadOnlyList<string> Paths);

/// <summary>A version of a template.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Newest">The newest instance it was made from.</param>
/// <param name="Instances">From how many.</param>
public sealed record TemplateVersion(int Version, string Newest, int Instances);

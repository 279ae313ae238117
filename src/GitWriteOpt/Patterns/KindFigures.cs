namespace GitWriteOpt.Patterns;

/// <summary>What one kind of suggestion was worth in a replay of this repository, and whether it is offered unasked.</summary>
/// <param name="Kind"><c>co-change</c>, <c>template-path</c>, <c>template-content</c> or <c>workflow</c>.</param>
/// <param name="State"><c>on</c>; <c>off</c>: it did not earn its keep here; <c>untested</c>: too little was there to replay.</param>
/// <param name="Threshold">How sure it has to be, from 0 to 1, in the terms of its model; null where it is not on.</param>
/// <param name="Said">How often it would have spoken up from there on; lines, of <c>template-content</c>.</param>
/// <param name="Held">How often that was right.</param>
public sealed record KindFigures(string Kind, string State, double? Threshold, int Said, int Held)
{
    /// <summary>Files that are changed together.</summary>
    public const string CoChange = "co-change";

    /// <summary>Files that are made together.</summary>
    public const string TemplatePath = "template-path";

    /// <summary>What is in files that are made together.</summary>
    public const string TemplateContent = "template-content";

    /// <summary>Steps that follow one another.</summary>
    public const string Workflow = "workflow";

    /// <summary>It is offered unasked.</summary>
    public const string On = "on";

    /// <summary>It is not.</summary>
    public const string Off = "off";

    /// <summary>Nobody knows: it is offered where its own evidence is plain.</summary>
    public const string Untested = "untested";
}

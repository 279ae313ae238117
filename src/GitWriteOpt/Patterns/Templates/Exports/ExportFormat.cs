namespace GitWriteOpt.Patterns.Templates.Exports;

/// <summary>The tools that a template can be exported to.</summary>
public enum ExportFormat
{
    /// <summary>One JSON document, which import reads.</summary>
    Native,

    /// <summary>hygen.</summary>
    Hygen,

    /// <summary>plop.</summary>
    Plop,

    /// <summary>cookiecutter.</summary>
    Cookiecutter,
}

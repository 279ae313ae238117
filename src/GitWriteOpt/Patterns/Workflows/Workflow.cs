using System.Text.Json.Serialization;

namespace GitWriteOpt.Patterns.Workflows;

/// <summary>
/// Commits (or transactions) that one person makes one after another: first one of this shape, then one of that. Only
/// those that held when newer history was replayed are kept, in <c>workflows/offered.jsonl</c> of the patterns' tree.
/// </summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Steps">In order, at least two.</param>
/// <param name="Support">How often all steps were made, in the commits that it was found in.</param>
/// <param name="Chances">There, how often a step of it had been made and the next could follow.</param>
/// <param name="Held">How often the next did follow.</param>
/// <param name="Replayed">The same over newer commits, which it was not found in.</param>
/// <param name="Examples">Where it was found, newest first.</param>
public sealed record Workflow(string Name, IReadOnlyList<WorkflowStep> Steps, int Support, int Chances, int Held,
    WorkflowReplay Replayed, IReadOnlyList<WorkflowExample> Examples);

/// <summary>A step of a workflow.</summary>
/// <param name="Roles">What is made in it; the first decides whether a commit is this step, the others mostly go along.</param>
public sealed record WorkflowStep(IReadOnlyList<WorkflowRole> Roles)
{
    /// <summary>The template that makes it, or null.</summary>
    [JsonIgnore]
    public string? Template => Roles[0].Change == WorkflowRole.FromTemplate ? Roles[0].Path : null;

    /// <summary>It in words.</summary>
    public override string ToString() => string.Join(", ", Roles);
}

/// <summary>What a step does to files.</summary>
/// <param name="Change"><c>add</c>, <c>change</c> or <c>template</c>.</param>
/// <param name="Path">A path; a directory and an ending (<c>db/migrate/*.rb</c>, <c>tests/**.cs</c>: anywhere below); or a template's name.</param>
public sealed record WorkflowRole(string Change, string Path)
{
    /// <summary>Files are made.</summary>
    public const string Add = "add";

    /// <summary>Files are changed.</summary>
    public const string Modify = "change";

    /// <summary>A template is used.</summary>
    public const string FromTemplate = "template";

    /// <inheritdoc/>
    public override string ToString() => $"{Change} {Path}";
}

/// <summary>What came of a workflow in commits that it was not found in.</summary>
/// <param name="Chances">How often a step had been made.</param>
/// <param name="Held">How often the next one followed.</param>
public sealed record WorkflowReplay(int Chances, int Held)
{
    /// <summary>Held of chances; 0 without any.</summary>
    [JsonIgnore]
    public double Precision => Chances == 0 ? 0 : (double)Held / Chances;
}

/// <summary>One time that a workflow was made.</summary>
/// <param name="Commits">The commit or transaction of each step, abbreviated.</param>
public sealed record WorkflowExample(IReadOnlyList<string> Commits);

/// <summary>What is known of workflows here.</summary>
/// <param name="Offered">Those that held, by name.</param>
/// <param name="Candidates">How many were found and replayed.</param>
/// <param name="Chances">Over all of them: how often a step had been made in the newer commits.</param>
/// <param name="Held">How often the next one followed.</param>
public sealed record WorkflowFindings(IReadOnlyList<Workflow> Offered, int Candidates, int Chances, int Held)
{
    /// <summary>Nothing was found.</summary>
    public static WorkflowFindings Nothing { get; } = new([], 0, 0, 0);
}

/// <summary>What workflows were worth, in commits that neither found nor chose them.</summary>
/// <param name="Candidates">How many were found.</param>
/// <param name="Offered">How many of them held in the newer part of what was learned.</param>
/// <param name="Replayed">What came of those in the commits of the test.</param>
/// <param name="AllReplayed">What came of all candidates there: the baseline.</param>
public sealed record WorkflowScore(int Candidates, int Offered, WorkflowReplay Replayed, WorkflowReplay AllReplayed)
{
    /// <summary>Whether workflows earn their keep here.</summary>
    public bool Holds => Replayed.Chances >= WorkflowMining.FewestChances && Replayed.Precision >= WorkflowMining.WantedPrecision;
}

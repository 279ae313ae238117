using System.Text.Json;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Operations;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Mcp;

/// <summary>The tools of what was learned. Where nothing was, what they need is learned in memory and not kept.</summary>
internal static class LearnedTools
{
    /// <summary>What is likely missing beside files.</summary>
    internal static ToolAnswer Suggest(ToolCallContext call)
    {
        call.AllowOnly("repository", "paths");
        using var learning = Open(call);
        var paths = call.Texts("paths");
        var found = learning.Suggest(paths.Count > 0 ? paths : learning.Changed(staged: false));
        return new ToolAnswer(JsonSerializer.SerializeToElement(new SuggestionDocument(
            [.. found.Select(s => new SuggestedPath(Quoting.Path(s.Path), s.Confidence, s.Support, s.Commits))]),
            McpJson.Default.SuggestionDocument), false);
    }

    /// <summary>Lists templates, or makes what one makes.</summary>
    internal static ToolAnswer Template(ToolCallContext call)
    {
        call.AllowOnly("repository", "name", "parameters", "id");
        if (call.Text("name") is not { } name)
        {
            using var learning = Open(call);
            return Answer(new TemplateDocument([.. learning.Templates().Where(t => t.State == GitWriteOpt.Patterns.Templates.Template.Active)
                .Select(Offer)], null), false);
        }

        var given = call.Fields("parameters");
        var request = call.Request(name, given);
        using var writer = call.Open();
        var outcome = writer.Apply(new Batch($"{Planner.TemplateMessage}{name}", [new Operation.Template(name, given)])
        {
            Format = Planner.TemplateFormat,
        }, new ApplyOptions
        {
            Session = call.Server.Name,
            Request = request,
            Requests = call.Server.RequestsOf(writer.Layout.WorktreeRoot),
            Progress = call.Progress,
        });
        return Answer(new TemplateDocument([], OutcomeAnswer.Of(ForModel.Of(outcome))),
            outcome.State is not (WriteState.Applied or WriteState.Unchanged));
    }

    private static Learning Open(ToolCallContext call)
    {
        using var writer = call.Open();
        var learning = Learning.Open(writer.Layout.WorktreeRoot);
        learning.KeepsNothing = true;
        return learning;
    }

    private static TemplateOffer Offer(Template template) => new(Quoting.Line(template.Name),
        [.. template.Parameters.Select(p => Quoting.Line(p.Name))], [.. template.Files.Select(f => Quoting.Path(f.Path))],
        template.Instances.Count);

    private static ToolAnswer Answer(TemplateDocument document, bool isError) =>
        new(JsonSerializer.SerializeToElement(document, McpJson.Default.TemplateDocument), isError);
}

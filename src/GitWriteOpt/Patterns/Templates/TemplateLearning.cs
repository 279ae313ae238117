using System.Text.Json;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Mines templates when something is learned: always where all is mined anyway, and after an increment where files were
/// made and the history is small enough to be looked through in a moment. A large history waits for the next full look.
/// </summary>
internal static class TemplateLearning
{
    private const int Small = 1500;

    /// <summary>Adds to the changes what becomes of the templates.</summary>
    internal static void Update(PatternGround ground, Mining mining, bool everything, Dictionary<string, byte[]?> changes)
    {
        var gained = mining.New.Any(c => c.Group is not null) || mining.Work.Any(c => c.Group is not null);
        if (!everything && (!gained || mining.State is { Commits: > Small }))
        {
            return;
        }

        var log = new AdditionLog();
        foreach (var group in mining.All().Concat(mining.Work).Select(c => c.Group).OfType<AddedGroup>())
        {
            log.Append(group);
        }

        var mined = new TemplateMining(log, new TextBlobs(ground.Objects).Read, ground.HasSecret).Mine();
        foreach (var template in TemplateUpdate.Of(Known(mining.Tree), mined, log))
        {
            TemplateFiles.Write(template, changes);
        }
    }

    // What is damaged is mined again; what was extracted or imported is lost with it.
    private static List<Template> Known(PatternTree tree)
    {
        try
        {
            return TemplateFiles.Read(tree);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

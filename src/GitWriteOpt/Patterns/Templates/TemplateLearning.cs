using System.Text.Json;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Mines templates when something is learned: always where all is mined anyway, and after an increment where files were
/// made and the history is small enough to be looked through in a moment. A large history waits for the next full look.
/// </summary>
internal static class TemplateLearning
{
    // Up to here a look at everything is quicker than the git process that told of the new commits.
    private const int Tiny = 200;
    private const int Small = 1500;
    private const int Enough = 25;

    /// <summary>Adds to the changes what becomes of the templates; null where nobody looked.</summary>
    /// <param name="ground">The repository.</param>
    /// <param name="mining">What is new.</param>
    /// <param name="everything">Whether all is looked at anyway.</param>
    /// <param name="waiting">Commits that made files since the last look, these included.</param>
    /// <param name="changes">Where they are added.</param>
    internal static List<Template>? Update(PatternGround ground, Mining mining, bool everything, int waiting, Dictionary<string, byte[]?> changes)
    {
        var gained = mining.New.Any(c => c.Group is not null) || mining.Work.Any(c => c.Group is not null);
        var kept = (mining.State?.Commits ?? 0) + mining.New.Count;
        if (!everything && !(gained && (kept <= Tiny || (kept <= Small && waiting >= Enough))))
        {
            return null;
        }

        var log = new AdditionLog();
        foreach (var group in mining.All().Concat(mining.Work).Select(c => c.Group).OfType<AddedGroup>())
        {
            log.Append(group);
        }

        var dropped = DroppedTemplates.Read(mining.Tree);
        var mined = new TemplateMining(log, new TextBlobs(ground.Objects).Read, ground.HasSecret).Mine();
        mined.RemoveAll(template => DroppedTemplates.Hold(dropped, template));
        var known = Known(mining.Tree);
        // What a batch gave a first idea of is told better by its history, once there is one.
        foreach (var early in known.FindAll(k => k.Source == Template.OfTransaction && mined.Exists(m => MakesSame(k, m))))
        {
            known.Remove(early);
            changes[$"{TemplateFiles.Directory}{early.Name}/"] = null;
        }

        var templates = TemplateUpdate.Of(known, mined, log);
        foreach (var template in templates)
        {
            TemplateFiles.Write(template, changes);
        }

        return templates;
    }

    private static bool MakesSame(Template left, Template right) => left.Files.Any(l => right.Files.Any(r => r.Path == l.Path));

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

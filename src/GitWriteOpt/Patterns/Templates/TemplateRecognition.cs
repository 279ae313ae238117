using System.Text.Json;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>What a batch has to do with the templates that were learned.</summary>
/// <param name="Whole">Whether every file that it makes is one that a template makes.</param>
/// <param name="Notes">Which template is followed, where it is deviated from, and what is missing; for people.</param>
internal sealed record RecognisedTemplates(bool Whole, IReadOnlyList<string> Notes)
{
    /// <summary>Of these the ones that a person may want to act on: where it is deviated from, and what is missing.</summary>
    internal IReadOnlyList<string> Objections { get; init; } = [];

    /// <summary>Nothing.</summary>
    internal static RecognisedTemplates Nothing { get; } = new(false, []);
}

/// <summary>
/// Recognises writes that follow a learned template. Reads the templates once, and first their small index: most batches
/// have nothing to do with any. Never learns.
/// </summary>
internal sealed class TemplateRecognition(PatternStore store)
{
    private const int MostMade = 200;
    private const int MostNotes = 10;

    private bool _offersMissing = true;

    /// <summary>Looks at what a batch makes.</summary>
    /// <param name="made">New files and their texts; null where they are not text.</param>
    internal RecognisedTemplates Of(IReadOnlyList<(string Path, Func<string?> Text)> made)
    {
        if (made.Count is 0 or > MostMade || !TemplateShapes.MayMake(store.TryRead(TemplateShapes.Path), made.Select(m => m.Path))
            || Templates() is not { Count: > 0 } templates)
        {
            return RecognisedTemplates.Nothing;
        }

        var texts = made.ToDictionary(m => m.Path, m => m.Text, StringComparer.Ordinal);
        var explained = new HashSet<string>(StringComparer.Ordinal);
        var (notes, objections) = (new List<string>(), new List<string>());
        foreach (var template in templates.OrderByDescending(t => t.Files.Count))
        {
            List<string> names = [.. template.Parameters.Select(p => p.Name)];
            List<(TemplateFile File, TemplateText Path)> files = [.. template.Files.Select(f => (f, TemplateText.Parse(f.Path, names)))];
            foreach (var name in files.SelectMany(f => texts.Keys.Where(p => !explained.Contains(p)).Select(f.Path.Match))
                .OfType<Dictionary<string, string>>().Select(v => v.GetValueOrDefault("name")).OfType<string>()
                .DistinctBy(NameWords.Of).ToList())
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name };
                List<(TemplateFile File, string Path)> wanted = [.. files.Where(f => f.Path.Pieces.All(p => p.Parameter is null or "name"))
                    .Select(f => (f.File, f.Path.Fill(values)))];
                explained.UnionWith(wanted.Select(w => w.Path).Where(texts.ContainsKey));
                var (note, objects) = Note(template, name, wanted, texts);
                (objects ? objections : notes).Add(note);
            }
        }

        return new RecognisedTemplates(texts.Keys.All(explained.Contains), [.. objections.Concat(notes).Take(MostNotes)])
        {
            Objections = [.. objections.Take(MostNotes)],
        };
    }

    private (string Text, bool Objects) Note(Template template, string name, List<(TemplateFile File, string Path)> wanted,
        Dictionary<string, Func<string?>> texts)
    {
        List<string> missing = _offersMissing ? [.. wanted.Select(w => w.Path).Where(p => !texts.ContainsKey(p))] : [];
        List<string> deviating = [.. wanted.Where(w => texts.TryGetValue(w.Path, out var text) && text() is { } actual && Deviates(template, w.File, name, actual))
            .Select(w => w.Path)];
        return ($"follows the template \"{template.Name}\" (name={name})"
            + (deviating.Count > 0 ? $"; it deviates in {string.Join(", ", deviating)}" : "")
            + (missing.Count > 0 ? $"; that would make {string.Join(", ", missing)} too" : "")
            + (template.Registry.Count > 0 ? $"; it adds lines to {string.Join(", ", template.Registry.Select(r => r.Path).Distinct())}" : ""),
            deviating.Count + missing.Count > 0);
    }

    // More than half of the lines that the template would have written without asking for more are not there.
    private static bool Deviates(Template template, TemplateFile file, string name, string actual)
    {
        List<string> names = [.. template.Parameters.Select(p => p.Name)];
        var lines = SkeletonWriting.Lines(actual).ToHashSet(StringComparer.Ordinal);
        List<TemplateText> wanted = [.. SkeletonWriting.Lines(file.Text).Where(l => !string.IsNullOrWhiteSpace(l))
            .Select(l => TemplateText.Parse(l, names)).Where(t => t.Pieces.All(p => p.Parameter is null or "name"))];
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name };
        return wanted.Count(t => !lines.Contains(t.Fill(values))) * 2 > wanted.Count;
    }

    // An ornament of a plan: what is damaged is rebuilt by the next learning.
    private List<Template> Templates()
    {
        try
        {
            var tree = store.Read();
            _offersMissing = !LearnedKinds.Read(tree).Exists(k => k is { Kind: KindFigures.TemplatePath, State: KindFigures.Off });
            return [.. TemplateFiles.Read(tree).Where(t => t.State == Template.Active)];
        }
        catch (Exception cause) when (cause is JsonException or StoreException)
        {
            return [];
        }
    }
}

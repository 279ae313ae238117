using System.Text;
using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Templates.Exports;
using GitWriteOpt.Validation.Rules.Secrets;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt;

/// <content>Templates: what was learned of files that are made together.</content>
public sealed partial class Learning
{
    private TemplateStore Store => new(_ground.Store);

    /// <summary>All templates, by name; learns first where nothing has been learned yet.</summary>
    /// <exception cref="StoreException">They are damaged.</exception>
    public IReadOnlyList<Template> Templates()
    {
        LearnOnce();
        return Store.All();
    }

    /// <summary>A template.</summary>
    /// <exception cref="RefusedException">There is none of this name.</exception>
    public Template FindTemplate(string name)
    {
        LearnOnce();
        return Store.Find(name);
    }

    /// <summary>The parameters of a template that are not given.</summary>
    public static IReadOnlyList<TemplateParameter> Missing(Template template, IReadOnlyDictionary<string, string> given) =>
        TemplateExpansion.Missing(template, given);

    /// <summary>Why a value does not fit a parameter, or null.</summary>
    public static string? Objection(TemplateParameter parameter, string value) => TemplateExpansion.Objection(parameter, value);

    /// <summary>Makes a template of files that are there, and keeps it.</summary>
    /// <param name="files">Paths and contents.</param>
    /// <param name="name">Its name; null to make one.</param>
    /// <exception cref="RefusedException">The files have no name in common.</exception>
    /// <exception cref="UsageException">The name cannot be one.</exception>
    public Template Extract(IReadOnlyList<(string Path, string Text)> files, string? name)
    {
        CheckName(name);
        var template = TemplateExtraction.Of(files, name, Store.All(), _ground.HasSecret);
        Store.Put(template, $"Extract the template {template.Name}");
        return template;
    }

    /// <summary>
    /// Makes templates of the new files of a transaction that are of one shape; none of what a template makes already, or
    /// what somebody dropped.
    /// </summary>
    /// <param name="transaction">Its commit, hex.</param>
    /// <exception cref="StoreException">It cannot be read, or somebody else learned meanwhile.</exception>
    public IReadOnlyList<Template> ExtractNew(string transaction)
    {
        var texts = new TextBlobs(_ground.Objects);
        List<(string Path, string? Text)> made = [.. TemplateTransactions.Files(_ground.Objects.ReadCommit(ObjectId.Parse(transaction)), _ground.Objects)
            .Take(4 * AddedGroup.MostAdded).Select(f => (f.Path, texts.Read(f.Blob)))];
        var found = new List<Template>();
        foreach (var template in Extracted(ShapeSpotting.Of([.. made.Where(m => m.Text is not null).Select(m => m.Path)]),
            path => (path, made.First(m => m.Path == path).Text!)))
        {
            var named = template with { Name = TemplateMining.NameOf(template.Files, Store.All()) };
            if (!DroppedTemplates.Hold(DroppedTemplates.Read(_ground.Store.Read()), named)
                && !Store.All().Exists(t => t.Files.Any(f => named.Files.Any(own => own.Path == f.Path))))
            {
                Store.Put(named, $"Extract the template {named.Name} from a transaction");
                found.Add(named);
            }
        }

        return found;
    }

    // Shapes under the same names are files of one template; else each is one.
    private List<Template> Extracted(List<List<string>> shapes, Func<string, (string Path, string Text)> file)
    {
        var templates = new List<Template>();
        foreach (var shape in shapes)
        {
            try
            {
                var template = TemplateExtraction.Of([.. shape.Select(file)], null, [], _ground.HasSecret) with { Source = Template.OfTransaction };
                if (template.Instances.Count >= ShapeSpotting.Fewest)
                {
                    var same = templates.FindIndex(t => ShapeSpotting.AreOfSameNames(t, template));
                    if (same >= 0)
                    {
                        templates[same] = ShapeSpotting.Joined(templates[same], template);
                    }
                    else
                    {
                        templates.Add(template);
                    }
                }
            }
            catch (RefusedException cause) when (cause.Error.Code == "no-shape")
            {
                _log.LogDebug("no template of {Count} new files: {Why}", shape.Count, cause.Message);
            }
        }

        return templates;
    }

    /// <summary>Takes over a template that was exported as JSON; it is inert until somebody names it.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public Template Import(ReadOnlySpan<byte> document)
    {
        Template template;
        try
        {
            template = TemplateFiles.Parse(document) with { State = Template.Imported, Source = "import" };
        }
        catch (JsonException cause)
        {
            throw new UsageException(new WriteError(ErrorCategory.Format, "bad-template", $"this is no exported template: {cause.Message}")
            {
                Suggestion = "git writeopt template export <name> --format native writes one",
            }, cause);
        }

        CheckName(template.Name);
        foreach (var file in template.Files)
        {
            // Where it leads is seen when it is filled in; what could not even be kept is refused here.
            if (Paths.PathRules.Objection(file.Path) is { } objection)
            {
                throw new UsageException(objection);
            }
        }

        template = template with
        {
            Files = [.. template.Files.Select(f => f with { Text = string.Join('\n', f.Text.Split('\n').Where(line => !_ground.HasSecret(line))) })],
            Registry = [.. template.Registry.Where(r => !_ground.HasSecret(r.Line))],
        };
        if (Store.All().Exists(t => t.Name == template.Name && t.State != Template.Imported))
        {
            throw new RefusedException(new WriteError(ErrorCategory.Conflict, "template-exists", $"there is a template \"{template.Name}\" of this repository already")
            {
                Suggestion = $"give the imported one another name in its file, or git writeopt template drop {template.Name}",
            });
        }

        Store.Put(template, $"Import the template {template.Name}");
        return template;
    }

    /// <summary>A template in the words of another tool; <c>native</c> is one JSON document that import reads.</summary>
    public static IReadOnlyList<ExportedFile> Export(Template template, ExportFormat format) => format switch
    {
        ExportFormat.Hygen => HygenExport.Of(template),
        ExportFormat.Plop => PlopExport.Of(template),
        ExportFormat.Cookiecutter => CookiecutterExport.Of(template),
        _ => [new ExportedFile($"{template.Name}.json", Encoding.UTF8.GetString(TemplateFiles.ToBytes(template)))],
    };

    /// <summary>Forgets a template.</summary>
    /// <exception cref="RefusedException">There is none of this name.</exception>
    public Template DropTemplate(string name) => Store.Drop(name);

    /// <summary>The files that are likely made beside new ones, best first, with what is known of their contents.</summary>
    /// <param name="added">The new files: paths from the root of the repository, and texts.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlyList<SuggestedFile> SuggestFiles(IReadOnlyList<(string Path, string Content)> added, int most = 5)
    {
        if (added.Count == 0 || Head() is not { } head)
        {
            return [];
        }

        _knowledge = _knowledge?.Refresh(head) ?? First(head);
        List<string> given = [.. added.Select(a => a.Path)];
        return
        [
            .. added.Take(8).SelectMany(a => _knowledge.Files(a.Path, a.Content, given, most)).GroupBy(f => f.Path)
                .Select(g => g.MaxBy(f => f.Confidence)!).OrderByDescending(f => f.Confidence).ThenBy(f => f.Path, StringComparer.Ordinal).Take(most),
        ];
    }

    /// <summary>
    /// How much of what a template wrote is still there: of the lines in the files of its transactions, those that HEAD has
    /// at the same paths; null where nothing of it is committed.
    /// </summary>
    public double? Survived(string name)
    {
        var (written, left) = (0, 0);
        if (Head() is not { } head)
        {
            return null;
        }

        var survival = new TemplateSurvival(_ground.Objects, head);
        foreach (var commit in TemplateTransactions.Of(name, _ground.Refs, _ground.Objects))
        {
            var (ofIt, leftOfIt) = survival.Of(commit);
            written += ofIt;
            left += leftOfIt;
        }

        return written == 0 ? null : (double)left / written;
    }

    private static bool HasSecret(string text) => SecretLines.Has(text)
        || new SecretRule().Look(Paths.RepoPath.Parse("template"), Encoding.UTF8.GetBytes(text)).Any();

    private static void CheckName(string? name)
    {
        if (name is not null && !TemplateStore.IsName(name))
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-template-name",
                $"\"{name}\" cannot be a template's name: letters, digits, - and _, at most 64"));
        }
    }
}

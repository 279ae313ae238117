using System.Text.Json;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>Finds, adds and drops the templates of a repository.</summary>
internal sealed class TemplateStore(PatternStore store)
{
    /// <summary>All of them, by name.</summary>
    /// <exception cref="StoreException">They are damaged.</exception>
    internal List<Template> All() => Whole(() => TemplateFiles.Read(store.Read()));

    /// <summary>One of them.</summary>
    /// <exception cref="RefusedException"><c>unknown-template</c>: there is none; the error has the nearest names.</exception>
    /// <exception cref="StoreException">It is damaged.</exception>
    internal Template Find(string name)
    {
        var tree = store.Read();
        return Whole(() => IsName(name) ? TemplateFiles.Read(tree, name) : null) ?? throw new RefusedException(new WriteError(ErrorCategory.Dependency,
            "unknown-template", $"no template \"{name}\" has been learned here")
        {
            Suggestion = NearestNames.Of(name, Names(tree)) is { Count: > 0 } near
                ? $"did you mean {string.Join(" or ", near)}?"
                : tree.IsEmpty ? "git writeopt learn, or write the files as operations of their own" : "git writeopt template list",
        });
    }

    /// <summary>Writes a template, in the place of one of its name.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    internal void Put(Template template, string message)
    {
        var tree = store.Read();
        var changes = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        TemplateFiles.Write(template, changes);
        DroppedTemplates.Remove(template, tree, changes);
        TemplateShapes.Write([.. Whole(() => TemplateFiles.Read(tree)).Where(t => t.Name != template.Name), template], changes);
        store.Write(tree, changes, message);
    }

    /// <summary>Removes a template, and remembers that it was: it is not mined again.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    internal Template Drop(string name)
    {
        var template = Find(name);
        var tree = store.Read();
        var changes = new Dictionary<string, byte[]?>(StringComparer.Ordinal) { [$"{TemplateFiles.Directory}{name}/"] = null };
        DroppedTemplates.Add(template, tree, changes);
        TemplateShapes.Write(Whole(() => TemplateFiles.Read(tree)).Where(t => t.Name != name), changes);
        store.Write(tree, changes, $"Drop the template {name}");
        return template;
    }

    /// <summary>Whether a text can be a template's name.</summary>
    internal static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && name[0] != '-';

    private static IEnumerable<string> Names(PatternTree tree) =>
        tree.Below(TemplateFiles.Directory).Select(path => path.Split('/')[1]).Distinct();

    private static T Whole<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException cause)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "damaged-template", $"a template is damaged: {cause.Message}")
            {
                Suggestion = "git writeopt learn --full",
            }, cause);
        }
    }
}

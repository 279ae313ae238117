using System.Diagnostics;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Finds templates in the commits that made files. A shape of paths with several names is an anchor; what was made with
/// its newest instances under the same name, in at least half of them, are its companions; contents are unified over the
/// newest instances. Shapes with more companions come first, and what they explain is not explained again.
/// </summary>
internal sealed class TemplateMining(AdditionLog log, Func<ObjectStore.ObjectId, string?> read, Func<string, bool> isSecret)
{
    /// <summary>So many different names make a shape.</summary>
    internal const int FewestInstances = 3;

    private const int Newest = 8;
    private const int MostTemplates = 30;
    private const int MostAnchors = 400;
    private const double LeastKept = 0.25;
    private const double Covered = 0.6;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(800);
    private long _started;

    /// <summary>The templates, the ones that make most files first.</summary>
    internal List<Template> Mine()
    {
        _started = Stopwatch.GetTimestamp();
        var found = new List<Template>();
        var covered = new HashSet<(int, int)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var anchor in Anchors().OrderByDescending(a => a.Roles.Count).ThenByDescending(a => a.Fixed)
            .ThenByDescending(a => a.Instances.Count).ThenBy(a => a.Roles[0], StringComparer.Ordinal))
        {
            if (found.Count == MostTemplates || Stopwatch.GetElapsedTime(_started) > Limit)
            {
                break;
            }

            List<(int, int)> files = [.. anchor.Instances.SelectMany(i => i.Files.Values.Select(f => (i.Group, f)))];
            if (!seen.Add(string.Join('\n', anchor.Roles)) || files.Count(covered.Contains) > Covered * files.Count)
            {
                continue;
            }

            if (Unify(anchor, found) is { } template)
            {
                covered.UnionWith(files);
                found.Add(template);
            }
        }

        return found;
    }

    private IEnumerable<Anchor> Anchors()
    {
        var done = new HashSet<ulong>();
        var tried = 0;
        for (var group = log.Count - 1; group >= 0 && tried < MostAnchors && Stopwatch.GetElapsedTime(_started) < Limit / 2; group--)
        {
            for (var file = 0; file < log[group].Added.Count; file++)
            {
                foreach (var reading in PathReading.Of(log[group].Added[file].Path).Where(r => r.Name.Length > 1 && !r.Name.Key.All(char.IsDigit)))
                {
                    if (done.Add(reading.Full) && Instances(reading.Full) is { Count: >= FewestInstances } instances)
                    {
                        tried++;
                        if (Of(instances, reading.Fixed) is { } anchor)
                        {
                            yield return anchor;
                        }
                    }
                }
            }
        }
    }

    // The newest files of a shape, one a name and commit.
    private List<Addition> Instances(ulong shape) =>
        [.. log.Of(shape).DistinctBy(a => a.Name).DistinctBy(a => (a.Group, a.Name)).Take(Newest)];

    private Anchor? Of(List<Addition> additions, int words)
    {
        var instances = additions.Select(a => new Instance(a.Group, a.Name, OwnRole(a), Roles(a))).ToList();
        var needed = Math.Max(2, (instances.Count + 1) / 2);
        var own = instances.Select(i => i.Own).GroupBy(r => r).MaxBy(g => g.Count())!.Key;
        List<string> roles = [.. instances.SelectMany(i => i.Files.Keys).GroupBy(r => r)
            .Where(g => g.Count() >= needed && (g.Key == own || g.Key.Contains(Abstraction.Mark, StringComparison.Ordinal)))
            .OrderByDescending(g => g.Key == own).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
        if (!own.Contains(Abstraction.Mark, StringComparison.Ordinal) || !roles.Contains(own) || roles.Count > Newest)
        {
            return null;
        }

        // A name in which the rest of the file's name varies is a file of a directory and no more.
        return roles.Count == 1 && words == 0 && instances.Count < 5 ? null
            : new Anchor(roles, [.. instances.Where(i => i.Files.ContainsKey(own))
                .Select(i => i with { Files = i.Files.Where(f => roles.Contains(f.Key)).ToDictionary() })], words);
    }

    private string OwnRole(Addition addition) => Abstraction.Skeleton(Abstraction.Of(log.FileOf(addition).Path, addition.Name));

    private Dictionary<string, int> Roles(Addition addition)
    {
        var files = log[addition.Group].Added;
        var roles = new Dictionary<string, int>(StringComparer.Ordinal) { [OwnRole(addition)] = addition.File };
        for (var file = 0; file < files.Count; file++)
        {
            roles.TryAdd(Abstraction.Skeleton(Abstraction.Of(files[file].Path, addition.Name)), file);
        }

        return roles;
    }

    private Template? Unify(Anchor anchor, List<Template> others)
    {
        var unification = new Unification();
        var files = new List<TemplateFile>();
        var kept = 0.0;
        foreach (var role in anchor.Roles)
        {
            List<Instance> having = [.. anchor.Instances.Where(i => i.Files.ContainsKey(role))];
            var path = Abstraction.Resolve([.. having.Select(i => Abstraction.Of(PathOf(i, role), i.Name))], "name");
            List<string> texts = [.. having.Select(i => read(log[i.Group].Added[i.Files[role]].Blob) is { } text && Abstraction.Accepts(text)
                ? Abstraction.Of(text, i.Name) : null).OfType<string>()];
            if (path is null || texts.Count < 2)
            {
                continue;
            }

            var (content, share) = unification.Of(texts, "name", isSecret);
            content = isSecret(content) ? "" : content;
            kept = Math.Max(kept, share);
            files.Add(new TemplateFile(path, content, having.Count));
        }

        if (files.Count == 0 || (files.Count == 1 && kept < LeastKept))
        {
            return null;
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        var name = NameOf(files, others);
        return new Template(name, 1, Template.Active, "history",
            [new TemplateParameter("name", "name", [.. anchor.Instances.Take(3).Select(i => i.Name.Text)]), .. unification.Holes],
            files, new RegistryMining(log, read).Of([.. anchor.Instances.Select(i => (i.Group, i.Name))]),
            [.. anchor.Instances.Select(i => new TemplateInstance(log[i.Group].Id, i.Name.Text,
                [.. i.Files.Values.Order().Select(f => log[i.Group].Added[f].Path)]))],
            [new TemplateVersion(1, log[anchor.Instances[0].Group].Id, anchor.Instances.Count)]);
    }

    private string PathOf(Instance instance, string role) => log[instance.Group].Added[instance.Files[role]].Path;

    // What stands beside the name in the file's name, else the directory's name; of the shortest path, which is the thing
    // itself and not its test.
    internal static string NameOf(IEnumerable<TemplateFile> files, IEnumerable<Template> others)
    {
        var path = files.MinBy(f => f.Path.Length)!.Path;
        var file = path[(path.LastIndexOf('/') + 1)..];
        var after = file.LastIndexOf("}}", StringComparison.Ordinal) + 2;
        var body = after < 2 ? PathReading.Body(file) : file[..after] + PathReading.Body("x" + file[after..])[1..];
        var words = NameWords.Of(string.Join(' ', TemplateText.Parse(body, ["name"]).Pieces.Where(p => p.Parameter is null).Select(p => p.Literal)));
        if (words.Count == 0)
        {
            var directory = PathReading.Directories(path).LastOrDefault(d => !d.Contains("{{", StringComparison.Ordinal));
            words = NameWords.Of($"{directory} {Path.GetExtension(path)}");
        }

        var name = words.Count == 0 ? "template" : words.In(NameForm.Kebab);
        var taken = others.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var unique = name;
        for (var number = 2; taken.Contains(unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return unique;
    }

    private sealed record Anchor(List<string> Roles, List<Instance> Instances, int Fixed);

    private sealed record Instance(int Group, NameWords Name, string Own, Dictionary<string, int> Files);
}

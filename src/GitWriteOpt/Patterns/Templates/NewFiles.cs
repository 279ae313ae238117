using System.Text.Json;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Answers which files are made beside a new one, and what is in them. Nothing is indexed before the first question.
/// </summary>
internal sealed class NewFiles
{
    private const int MostPaths = 100_000;
    private readonly PatternGround _ground;
    private readonly PatternTree _tree;
    private readonly List<AddedGroup> _waiting = [];
    private Index? _index;

    /// <summary>Over learned commits, oldest first.</summary>
    internal NewFiles(PatternGround ground, PatternTree tree, IEnumerable<LearnedCommit> commits)
    {
        (_ground, _tree) = (ground, tree);
        foreach (var commit in commits)
        {
            Learn(commit);
        }
    }

    /// <summary>Learns a newer commit.</summary>
    internal void Learn(LearnedCommit commit)
    {
        if (commit.Group is { } group)
        {
            _waiting.Add(group);
        }
    }

    /// <summary>The likely files, best first.</summary>
    internal List<SuggestedFile> Suggest(string path, string content, IReadOnlyCollection<string> given, HeadTree head, int most)
    {
        var index = _index ??= new Index(_ground, _tree, head);
        foreach (var group in _waiting)
        {
            index.Log.Append(group);
            foreach (var file in group.Added)
            {
                index.Tree.Add(file.Path);
            }
        }

        _waiting.Clear();
        return
        [
            .. index.Companions.Of(path, content, p => given.Contains(p) || head.Has(p), most)
                .Select(p => new SuggestedFile(p.Path, Text(index.Skeletons.Of(p).Text), p.Confidence, index.TemplateOf(p.Path))),
        ];
    }

    private string Text(string text) => _ground.HasSecret(text) ? "" : text;

    private sealed class Index
    {
        private readonly List<(string Name, TemplateText Path)> _templates;

        internal Index(PatternGround ground, PatternTree tree, HeadTree head)
        {
            Tree = new TreeCompanions(head.Paths(MostPaths));
            Companions = new CompanionPrediction(Log, Tree);
            Skeletons = new SkeletonWriting(Log, new TextBlobs(ground.Objects).Read);
            _templates = [.. Known(tree).SelectMany(t => t.Files.Select(f => (t.Name, TemplateText.Parse(f.Path, t.Parameters.Select(p => p.Name)))))];
        }

        internal AdditionLog Log { get; } = new();

        internal TreeCompanions Tree { get; }

        internal CompanionPrediction Companions { get; }

        internal SkeletonWriting Skeletons { get; }

        internal string? TemplateOf(string path) => _templates.Find(t => t.Path.Match(path) is not null).Name;

        // Names of templates are an ornament here: what is damaged is rebuilt by the next learning.
        private static IEnumerable<Template> Known(PatternTree tree)
        {
            try
            {
                return TemplateFiles.Read(tree).Where(t => t.State == Template.Active);
            }
            catch (Exception cause) when (cause is JsonException or Errors.StoreException)
            {
                return [];
            }
        }
    }
}

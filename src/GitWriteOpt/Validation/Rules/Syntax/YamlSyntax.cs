using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using YamlDotNet.Core;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>YAML that YamlDotNet's parser does not accept: several documents, anchors and tags of any kind pass.</summary>
internal sealed class YamlSyntax() : SyntaxRule(new RuleInfo("yaml-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "YAML that cannot be read (templates of Helm, Jinja and their like are left alone)"))
{
    /// <summary>Whether a file of this name is YAML.</summary>
    public static bool IsYaml(string name) =>
        EndsWith(name, ".yml", ".yaml", ".cff", ".clang-format", ".clang-tidy", ".yamllint");

    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) => IsYaml(path.Name) ? "yaml" : null;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        if (FileNature.IsBinary(bytes.Span) || Nesting.IsTooDeep(bytes.Span))
        {
            return [];
        }

        using var text = new StringReader(Encoding.UTF8.GetString(TextPosition.Trim(bytes.Span)));
        try
        {
            var parser = new Parser(new Scanner(text, skipComments: true));
            while (parser.MoveNext())
            {
            }

            return [];
        }
        catch (YamlException cause)
        {
            var (line, column) = TextPosition.OfCharacter(bytes.Span, (int)cause.Start.Line, (int)cause.Start.Column - 1);
            return [new Sighting(path, $"expected YAML: {Words(cause)}", line, column)];
        }
    }

    private static string Words(YamlException cause)
    {
        var words = cause.Message.TrimEnd('.', ' ');
        return words.Length > 0 && char.IsUpper(words[0]) ? char.ToLowerInvariant(words[0]) + words[1..] : words;
    }
}

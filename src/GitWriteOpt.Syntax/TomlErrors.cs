using System.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace GitWriteOpt.Syntax;

/// <summary>What Tomlyn says of TOML, keys that are given twice included: TOML forbids them.</summary>
internal static class TomlErrors
{
    /// <summary>The first error of a file.</summary>
    public static IReadOnlyList<SyntaxError> In(byte[] bytes)
    {
        if (Nesting.TooDeep(bytes, "[{]}"u8) is { } deep)
        {
            return [deep];
        }

        var document = SyntaxParser.Parse(Encoding.UTF8.GetString(Position.Trim(bytes)), "", validate: true);
        if (document.Diagnostics.FirstOrDefault(d => d.Kind == DiagnosticMessageKind.Error) is not { } first)
        {
            return [];
        }

        var (line, column) = Position.OfCharacter(bytes, first.Span.Start.Line + 1, first.Span.Start.Column);
        return [new SyntaxError(line, column, first.Message.TrimEnd('.', ' '))];
    }
}

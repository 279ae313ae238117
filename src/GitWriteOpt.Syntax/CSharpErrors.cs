using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GitWriteOpt.Syntax;

/// <summary>
/// What Roslyn's parser says of a file. Of a file with <c>#if</c> it is said only where it holds with no symbol defined
/// and with all of those that the file asks for, since nobody knows which ones a build defines.
/// </summary>
internal static partial class CSharpErrors
{
    private const int Most = 5;

    /// <summary>The first errors of a file.</summary>
    public static IReadOnlyList<SyntaxError> In(byte[] bytes, bool script)
    {
        if (Nesting.TooDeep(bytes, "[{(]})"u8) is { } deep)
        {
            return [deep];
        }

        var preamble = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var text = SourceText.From(Encoding.UTF8.GetString(bytes.AsSpan(preamble)), Encoding.UTF8);
        var found = Parse(text, script, []);
        if (found.Count == 0)
        {
            return [];
        }

        var symbols = Symbols(text.ToString());
        if (symbols.Count > 0)
        {
            var other = Parse(text, script, symbols);
            if (other.Count == 0)
            {
                return [];
            }

            var same = found.Where(f => other.Any(o => o.Id == f.Id && o.Location.SourceSpan == f.Location.SourceSpan)).ToList();
            found = same.Count > 0 ? same : [];
        }

        return [.. found.Take(Most).Select(d => Error(d, text))];
    }

    private static List<Diagnostic> Parse(SourceText text, bool script, IReadOnlyList<string> symbols) =>
    [
        .. CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None,
                script ? SourceCodeKind.Script : SourceCodeKind.Regular, symbols).WithFeatures([new("FileBasedProgram", "true")]))
            .GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && !IsOfTheBuild(d.Id)),
    ];

    // CS1029: #error, which is meant to be there. CS8966 and such of language versions do not come up with "preview".
    private static bool IsOfTheBuild(string id) => id is "CS1029";

    private static SyntaxError Error(Diagnostic diagnostic, SourceText text)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        var line = text.Lines[start.Line];
        var before = text.ToString(TextSpan.FromBounds(line.Start, Math.Min(line.Start + start.Character, line.EndIncludingLineBreak)));
        return new SyntaxError(start.Line + 1, Encoding.UTF8.GetByteCount(before) + 1,
            $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    private static List<string> Symbols(string text) =>
    [
        .. Conditions().Matches(text).SelectMany(m => Names().Matches(m.Value).Select(n => n.Value))
            .Where(n => n is not ("if" or "elif" or "true" or "false")).Distinct(),
    ];

    [GeneratedRegex(@"^[ \t]*#[ \t]*(?:if|elif)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Conditions();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Names();
}

using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>
/// INI files and their kin: a section whose bracket is not closed; in <c>.editorconfig</c> also a line that is neither
/// section, setting nor comment; and files of git's configuration that git would not read.
/// </summary>
internal sealed class IniSyntax() : SyntaxRule(new RuleInfo("ini-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "a section of an .ini file that is not closed, a line of .editorconfig that is no setting, a .gitmodules that git cannot read"))
{
    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) => path.Name switch
    {
        ".editorconfig" or ".globalconfig" => "editorconfig",
        ".gitmodules" or ".gitconfig" => "git",
        "setup.cfg" or ".flake8" or ".pylintrc" or ".coveragerc" or ".npmrc" => "ini",
        var name => EndsWith(name, ".ini", ".desktop", ".service") ? "ini" : null,
    };

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        var text = TextPosition.Trim(bytes.Span);
        if (dialect == "git")
        {
            return ConfigSyntax.TryParse(text, []) ? []
                : [new Sighting(path, "expected a configuration file of git")
                {
                    Suggestion = $"git config --file \"{path}\" --list names the line",
                }];
        }

        var line = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            line++;
            var one = text[range].Trim(" \t\r\f"u8);
            if (Objection(one, dialect) is { } objection)
            {
                return [new Sighting(path, objection, line, text[range].IndexOfAnyExcept(" \t\f"u8) + 1)];
            }
        }

        return [];
    }

    private static string? Objection(ReadOnlySpan<byte> line, string dialect)
    {
        if (line.IsEmpty || line[0] is (byte)'#' or (byte)';')
        {
            return null;
        }

        if (line[0] == '[')
        {
            return line.Contains((byte)']') ? null : "expected \"]\" at the end of the section";
        }

        return dialect == "editorconfig" && line.IndexOfAny("=:"u8) <= 0 ? "expected a setting: name = value" : null;
    }
}

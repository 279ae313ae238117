using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Which paths git ignores. git itself is asked, but only for paths that a pattern could name at all: of each pattern
/// the longest text without wildcards has to stand in the path, which costs no process.
/// </summary>
/// <param name="layout">The repository.</param>
/// <param name="excludesFile"><c>core.excludesFile</c>, or null.</param>
internal sealed class IgnoreRules(RepositoryLayout layout, string? excludesFile)
{
    /// <summary>Those of these paths that git ignores and the index does not track.</summary>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlySet<RepoPath> Ignored(IReadOnlyList<RepoPath> paths)
    {
        var literals = Files(paths).SelectMany(Literals).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var asked = paths.Where(p => literals.Any(l => p.Value.Contains(l, StringComparison.OrdinalIgnoreCase))).ToList();
        if (asked.Count == 0)
        {
            return new HashSet<RepoPath>();
        }

        // check-ignore knows no literal pathspecs; behind "./" none has magic. 1: none of them is ignored.
        var git = new GitProcess(layout) { PlainPathspecs = false };
        var input = Encoding.UTF8.GetBytes(string.Concat(asked.Select(p => "./" + p.Value + '\0')));
        var answer = git.Try(["check-ignore", "-z", "--stdin"], input);
        if (answer.ExitCode is not (0 or 1))
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-failed",
                $"git check-ignore failed ({answer.ExitCode}): {answer.ErrorText.Trim()}"));
        }

        return answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => RepoPath.Parse(path[2..])).ToHashSet();
    }

    private IEnumerable<string> Files(IReadOnlyList<RepoPath> paths)
    {
        var home = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configured
            ? configured : Environment.GetEnvironmentVariable("HOME") + "/.config";
        return paths.SelectMany(p => p.Ancestors()).Distinct().Select(d => $"{layout.WorktreeRoot}/{d.Value}/.gitignore")
            .Append(layout.WorktreeRoot + "/.gitignore").Append(layout.CommonDirectory + "/info/exclude")
            .Append(excludesFile is null ? home + "/git/ignore" : excludesFile.StartsWith("~/", StringComparison.Ordinal)
                ? Environment.GetEnvironmentVariable("HOME") + excludesFile[1..] : excludesFile)
            .Where(File.Exists);
    }

    // Of each pattern a text that has to stand in whatever it matches; the empty one where there is none.
    private static IEnumerable<string> Literals(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            var pattern = line.TrimEnd('\r', ' ');
            if (pattern.Length == 0 || pattern[0] is '#' or '!')
            {
                continue;
            }

            yield return Outside(pattern.Trim('/')).MaxBy(part => part.Length) ?? "";
        }
    }

    private static IEnumerable<string> Outside(string pattern)
    {
        var part = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '*' or '?' or '\\' or '/' or '[')
            {
                yield return part.ToString();
                part.Clear();
                if (pattern[i] == '[')
                {
                    var end = i + 2 < pattern.Length ? pattern.IndexOf(']', i + 2) : -1;
                    i = end < 0 ? pattern.Length : end;
                }
                else if (pattern[i] == '\\')
                {
                    i++;
                }
            }
            else
            {
                part.Append(pattern[i]);
            }
        }

        yield return part.ToString();
    }
}

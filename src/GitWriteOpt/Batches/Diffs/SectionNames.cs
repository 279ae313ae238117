using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>The names of a section, without prefixes.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Old">The file before.</param>
/// <param name="New">The file after.</param>
/// <param name="HasPrefix">Whether the header spells them with a prefix (<c>-p1</c>).</param>
internal sealed record SectionName(PatchKind Kind, string Old, string New, bool HasPrefix)
{
    /// <summary>The validated header for the planner.</summary>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public PatchedFile ToFile(DiffSection section, BatchInput input, BatchContext context) =>
        new(Kind, JsonFields.PathAt(input, section.Start, Old, context),
            JsonFields.PathAt(input, section.Start, New, context), input.LineOf(section.Start));
}

/// <summary>
/// Finds out which files a section is about, and whether its names have prefixes. They have none (<c>-p0</c>) where both
/// sides are spelled alike, as <c>git diff --no-prefix</c> and <c>svn diff</c> do; they have one where they are alike
/// without their first component, whatever that is (<c>a/</c> and <c>b/</c>, <c>i/</c> and <c>w/</c>, two directories
/// that were compared). A plain section with one side only follows the others of its diff, else has a prefix if its
/// name starts with <c>a/</c> or <c>b/</c>. What is still open is an error, never a guess.
/// </summary>
internal static class SectionNames
{
    /// <summary>The names of each section.</summary>
    public static List<SectionName> Resolve(List<DiffSection> sections, BatchInput input)
    {
        var plain = sections.Where(s => s.GitLine is null).ToList();
        var pairs = plain.Where(s => s.OldLine != DiffName.Nothing && s.NewLine != DiffName.Nothing).ToList();
        var bare = pairs.Any(s => s.OldLine == s.NewLine);
        var prefixes = pairs.SelectMany(s => new[] { First(s.OldLine!), First(s.NewLine!) })
            .Append("a").Append("b").ToHashSet(StringComparer.Ordinal);
        return [.. sections.Select(section => section.GitLine is { } line
            ? OfGit(section, line, input)
            : OfPlain(section, input, prefix => !bare && prefixes.Contains(prefix)))];
    }

    private static SectionName OfGit(DiffSection section, string line, BatchInput input)
    {
        if (section.From is not null || section.To is not null)
        {
            return OfMove(section, line, input);
        }

        var old = section.OldLine ?? DiffName.Nothing;
        var now = section.NewLine ?? DiffName.Nothing;
        var known = old == DiffName.Nothing ? now : old;
        var (left, right) = known == DiffName.Nothing
            ? GitLine.Split(line) ?? throw Unnamed(section, input)
            : old != DiffName.Nothing && now != DiffName.Nothing ? (old, now)
            : GitLine.SplitFor(line, known) ?? throw Unnamed(section, input);
        var bare = left == right;
        var name = bare ? left : DiffName.Stripped(left);
        if (name is null || name != (bare ? right : DiffName.Stripped(right)))
        {
            throw Differ(section, input, left, right);
        }

        var creates = section.IsNew || (section.OldLine == DiffName.Nothing && !section.IsDeleted);
        var deletes = section.IsDeleted || (section.NewLine == DiffName.Nothing && !section.IsNew);
        if ((creates && deletes)
            || (creates && (section.OldLine ?? DiffName.Nothing) != DiffName.Nothing)
            || (creates && section.NewLine == DiffName.Nothing)
            || (deletes && (section.NewLine ?? DiffName.Nothing) != DiffName.Nothing)
            || (deletes && section.OldLine == DiffName.Nothing))
        {
            throw input.Fault(section.Start, "corrupt-diff",
                $"the header for \"{name}\" contradicts itself about whether the file is new or deleted");
        }

        var kind = creates ? PatchKind.Create : deletes ? PatchKind.Delete : PatchKind.Modify;
        return new SectionName(kind, name, name, !bare);
    }

    private static SectionName OfMove(DiffSection section, string line, BatchInput input)
    {
        if (section.From is not { } from || section.To is not { } to || section.IsNew || section.IsDeleted)
        {
            throw input.Fault(section.Start, "corrupt-diff",
                "a rename or copy needs both a \"from\" and a \"to\" line, and no other kind of change");
        }

        var bare = GitLine.IsPair(line, from, to);
        foreach (var (given, expected) in new[] { (section.OldLine, from), (section.NewLine, to) })
        {
            if (given is not null && (bare ? given : DiffName.Stripped(given)) != expected)
            {
                throw Differ(section, input, given, expected);
            }
        }

        return new SectionName(section.IsCopy ? PatchKind.Copy : PatchKind.Rename, from, to, !bare);
    }

    private static SectionName OfPlain(DiffSection section, BatchInput input, Func<string, bool> isPrefix)
    {
        var (old, now) = (section.OldLine!, section.NewLine!);
        if (old == DiffName.Nothing || now == DiffName.Nothing)
        {
            var (given, kind) = old == DiffName.Nothing ? (now, PatchKind.Create) : (old, PatchKind.Delete);
            if (given == DiffName.Nothing)
            {
                throw Unnamed(section, input);
            }

            var stripped = isPrefix(First(given)) ? DiffName.Stripped(given) : null;
            return new SectionName(kind, stripped ?? given, stripped ?? given, stripped is not null);
        }

        // Alike, or a backup beside its file, as in "--- x.orig": git too takes the shorter name.
        if (Shorter(old, now) is { } name)
        {
            return new SectionName(PatchKind.Modify, name, name, HasPrefix: false);
        }

        return Shorter(DiffName.Stripped(old), DiffName.Stripped(now)) is { } inner
            ? new SectionName(PatchKind.Modify, inner, inner, HasPrefix: true)
            : throw Differ(section, input, old, now);
    }

    private static string? Shorter(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        return longer == shorter || longer == shorter + ".orig" || longer == shorter + "~" || longer == shorter + ".bak"
            || longer == shorter + ".old" || longer == shorter + ".new"
            ? shorter
            : null;
    }

    private static string First(string name) => name.Split('/', 2)[0];

    private static Errors.UsageException Unnamed(DiffSection section, BatchInput input) =>
        input.Fault(section.Start, "corrupt-diff", "the header does not tell which file it is about",
            "give it as diff --git a/<path> b/<path>");

    private static Errors.UsageException Differ(DiffSection section, BatchInput input, string left, string right) =>
        input.Fault(section.Start, "diff-names-differ",
            $"the header names two different files, \"{left}\" and \"{right}\"",
            "spell both names alike, with the prefixes a/ and b/");
}

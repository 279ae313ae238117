using System.Text;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>The sections of a diff as <c>git apply -p1</c> takes them: as they came wherever that will do.</summary>
internal static class DiffBytes
{
    /// <summary>The bytes: a slice of the input where the sections are in git's own form and follow one another.</summary>
    public static ReadOnlyMemory<byte> Of(BatchInput input, List<DiffSection> sections, List<SectionName> names)
    {
        var asTheyCame = true;
        for (var i = 0; i < sections.Count; i++)
        {
            asTheyCame &= IsCanonical(sections[i], names[i]) && (i == 0 || sections[i].Start == sections[i - 1].End);
        }

        if (asTheyCame)
        {
            return input.Body[sections[0].Start..sections[^1].End];
        }

        using var target = new MemoryStream();
        for (var i = 0; i < sections.Count; i++)
        {
            var section = sections[i];
            if (IsCanonical(section, names[i]))
            {
                target.Write(input.Body.Span[section.Start..section.End]);
                continue;
            }

            WriteHeader(target, input, section, names[i]);
            target.Write(input.Body.Span[section.BodyStart..section.End]);
            if (section.IsUnterminated)
            {
                target.WriteByte((byte)'\n');
            }
        }

        return target.ToArray();
    }

    private static bool IsCanonical(DiffSection section, SectionName name) =>
        name.HasPrefix && !section.IsUnusual && !section.IsUnterminated
        && (section.GitLine is null
            ? IsPlainCanonical(section, name)
            : section.IsNew == (name.Kind == PatchKind.Create) && section.IsDeleted == (name.Kind == PatchKind.Delete));

    private static bool IsPlainCanonical(DiffSection section, SectionName name) =>
        (section.OldLine == DiffName.Nothing || section.OldLine == "a/" + name.Old)
        && (section.NewLine == DiffName.Nothing || section.NewLine == "b/" + name.New);

    private static void WriteHeader(Stream target, BatchInput input, DiffSection section, SectionName name)
    {
        var old = "--- " + (name.Kind == PatchKind.Create ? DiffName.Nothing : Spelled("a/" + name.Old));
        var now = "+++ " + (name.Kind == PatchKind.Delete ? DiffName.Nothing : Spelled("b/" + name.New));
        if (section.GitLine is null)
        {
            Write(target, old);
            Write(target, now);
            return;
        }

        Write(target, $"diff --git {DiffName.Quoted("a/" + name.Old)} {DiffName.Quoted("b/" + name.New)}");
        if (name.Kind == PatchKind.Create && !section.IsNew)
        {
            Write(target, "new file mode 100644");
        }
        else if (name.Kind == PatchKind.Delete && !section.IsDeleted)
        {
            Write(target, "deleted file mode 100644");
        }

        var cursor = new LineCursor(input.Body.Span[section.Start..section.BodyStart]);
        for (cursor.Advance(); !cursor.AtEnd; cursor.Advance())
        {
            if (cursor.Line.StartsWith("--- "u8))
            {
                Write(target, old);
            }
            else if (cursor.Line.StartsWith("+++ "u8))
            {
                Write(target, now);
            }
            else
            {
                target.Write(cursor.Bare);
                target.WriteByte((byte)'\n');
            }
        }
    }

    // A tab ends a name with blanks, so that no part of it is taken for a time.
    private static string Spelled(string name) =>
        DiffName.Quoted(name) is var quoted && name.Contains(' ', StringComparison.Ordinal) && quoted == name
            ? name + "\t"
            : quoted;

    private static void Write(Stream target, string line) => target.Write(Encoding.UTF8.GetBytes(line + "\n"));
}

using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Undoing;

/// <summary>
/// Asks hunk by hunk what to undo, with the keys of <c>git checkout -p</c>. Input is read where it comes from, a terminal
/// or not, as git does; its end is <c>q</c>.
/// </summary>
internal sealed class HunkPicker(TextReader input, TextWriter output, HunkText text)
{
    private const string Help = """
        y - undo this hunk
        n - do not undo this hunk
        q - quit; undo neither this hunk nor any of the remaining ones
        a - undo this hunk and all later hunks in the file
        d - undo neither this hunk nor any of the later hunks in the file
        j - leave this hunk undecided, see the next one
        k - leave this hunk undecided, see the previous one
        s - split this hunk into smaller ones
        ? - print help
        """;

    private bool _quit;

    /// <summary>Asks about all that is offered.</summary>
    internal ChosenHunks Choose(IReadOnlyList<UndoFile> files)
    {
        var chosen = new List<ChosenFile>();
        var isPartial = false;
        foreach (var file in files)
        {
            var hunks = Hunk.Of(file);
            if (!_quit)
            {
                Ask(file, hunks);
            }

            var taken = hunks.Where(h => h.IsChosen == true).ToList();
            isPartial |= taken.Count < hunks.Count;
            if (taken.Count == hunks.Count)
            {
                chosen.Add(new ChosenFile(file, null));
            }
            else if (taken.Count > 0)
            {
                chosen.Add(new ChosenFile(file, [.. taken.SelectMany(h => Enumerable.Range(h.First, h.Count))]));
            }
        }

        return new ChosenHunks(chosen, isPartial);
    }

    private void Ask(UndoFile file, List<Hunk> hunks)
    {
        text.Head(file);
        var at = 0;
        while (at >= 0 && at < hunks.Count && !_quit)
        {
            text.Body(file, hunks[at]);
            output.Write($"({at + 1}/{hunks.Count}) {HunkText.Question(file)} [y,n,q,a,d{(hunks.Count > 1 ? ",j,k" : "")}"
                + $"{(hunks[at].Count > 1 ? ",s" : "")},?]? ");
            output.Flush();
            at = Answer(hunks, at, input.ReadLine()?.Trim());
        }
    }

    private int Answer(List<Hunk> hunks, int at, string? key)
    {
        switch (key)
        {
            case "y":
            case "n":
                hunks[at] = hunks[at] with { IsChosen = key == "y" };
                return Next(hunks, at);
            case "a":
            case "d":
                for (var i = at; i < hunks.Count; i++)
                {
                    hunks[i] = hunks[i] with { IsChosen = hunks[i].IsChosen ?? key == "a" };
                }

                return hunks.FindIndex(h => h.IsChosen is null);
            case "j" when hunks.Count > 1:
                return Math.Min(at + 1, hunks.Count - 1);
            case "k" when hunks.Count > 1:
                return Math.Max(at - 1, 0);
            case "s" when hunks[at].Count > 1:
                var whole = hunks[at];
                hunks.RemoveAt(at);
                hunks.InsertRange(at, Enumerable.Range(whole.First, whole.Count).Select(b => new Hunk(b, 1)));
                return at;
            case null:
            case "q":
                _quit = true;
                return -1;
            default:
                output.WriteLine(Help);
                return at;
        }
    }

    // The next one that is undecided, from the start again after the last.
    private static int Next(List<Hunk> hunks, int at)
    {
        var next = hunks.FindIndex(at + 1, h => h.IsChosen is null);
        return next >= 0 ? next : hunks.FindIndex(h => h.IsChosen is null);
    }
}

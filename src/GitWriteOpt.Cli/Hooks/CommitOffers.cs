using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>Asks a person about what can be done at once, and does what is wanted.</summary>
/// <param name="writer">The repository.</param>
/// <param name="learning">What its history teaches.</param>
/// <param name="stages">Whether what is written is staged: not where git makes a commit of named paths alone, since its own
/// index would not have it.</param>
internal sealed class CommitOffers(Writer writer, Learning learning, bool stages)
{
    /// <summary>Asks and does.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="ask">Asks a question; null where nobody answers any more.</param>
    /// <returns>Whether anything was done.</returns>
    internal bool Ask(IReadOnlyList<Opportunity> found, Func<string, string?> ask)
    {
        var done = false;
        foreach (var offer in found.Select(o => o.Offer).OfType<Offer>())
        {
            if (offer is Offer.Stage && !stages)
            {
                continue;
            }

            switch (ask($"{offer.Question} now [y,n,q]? ")?.Trim())
            {
                case "y":
                    Carry(offer);
                    done = true;
                    break;
                case "q" or null:
                    return done;
            }
        }

        return done;
    }

    private void Carry(Offer offer)
    {
        switch (offer)
        {
            case Offer.Write write:
                Write(write);
                break;
            case Offer.Stage stage:
                Diagnostics.Note($"staged {StatusReport.Count(writer.StageAsTheyAre(stage.Paths).Count, "file")}");
                break;
            case Offer.Extract extract:
                var template = learning.Extract(extract.Files, null);
                Diagnostics.Note($"extracted the template \"{template.Name}\"; the next one: git writeopt template new {template.Name} name=...");
                break;
        }
    }

    private void Write(Offer.Write write)
    {
        var outcome = writer.Apply(write.Batch, new ApplyOptions { Stage = stages, Session = SessionOfEnvironment.Current() });
        if (outcome.State == WriteState.Applied)
        {
            Diagnostics.Note($"wrote {StatusReport.Count(outcome.Files.Count, "file")} as {outcome.Transaction}; undo with: git writeopt undo {outcome.Transaction}");
            if (!stages)
            {
                Diagnostics.Note("this commit is of named paths alone, so they are not part of it; add them to the next");
            }
        }

        Diagnostics.Errors(outcome.Error is { } error ? [error, .. outcome.MoreErrors] : []);
    }
}

using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// A bounded replay of the newest commits that made several files, learning on: from which confidence on enough of the
/// files that would have been named were made, and whether most lines that would have been written were right.
/// </summary>
internal static class NewFileReplay
{
    private const int MostQuestions = 60;
    private const int FewestAnswers = 5;
    private const int FewestQuestions = 5;
    private const int FewestLines = 20;
    private const double WantedPaths = 0.8;
    private const double WantedLines = 0.65;

    /// <summary>The figures of <c>template-path</c> and <c>template-content</c>.</summary>
    internal static KindFigures[] Of(IReadOnlyList<LearnedCommit> commits, Func<ObjectId, string?> read)
    {
        var first = commits.Count;
        for (var questions = 0; first > commits.Count / 4 && questions < MostQuestions;)
        {
            first--;
            questions += commits[first].Group is { Added.Count: > 1 } ? 1 : 0;
        }

        var log = new AdditionLog();
        var prediction = new CompanionPrediction(log);
        var skeletons = new SkeletonWriting(log, read);
        var there = new HashSet<string>(StringComparer.Ordinal);
        var answers = new List<(double Confidence, bool Held)>();
        var (asked, lines, right) = (0, 0, 0);
        for (var i = 0; i < commits.Count; i++)
        {
            if (commits[i].Group is { } group)
            {
                if (i >= first && group.Added.Count > 1)
                {
                    asked++;
                    foreach (var answer in prediction.Of(group.Added[0].Path, read(group.Added[0].Blob) ?? "", there.Contains, TemplateEvaluation.Places))
                    {
                        var made = group.Added.Skip(1).FirstOrDefault(f => f.Path == answer.Path);
                        answers.Add((answer.Confidence, made is not null));
                        if (made is not null && read(made.Blob) is { } actual)
                        {
                            var (written, held) = Lines(skeletons.Of(answer).Text, actual);
                            (lines, right) = (lines + written, right + held);
                        }
                    }
                }

                log.Append(group);
            }

            foreach (var change in commits[i].Changes)
            {
                there.Add(change.Path);
            }
        }

        return
        [
            asked < FewestQuestions ? new KindFigures(KindFigures.TemplatePath, KindFigures.Untested, null, 0, 0) : Paths(answers),
            new KindFigures(KindFigures.TemplateContent, lines < FewestLines ? KindFigures.Untested
                : right >= WantedLines * lines ? KindFigures.On : KindFigures.Off, null, lines, right),
        ];
    }

    // The lowest confidence from which on enough held, with a little doubt.
    private static KindFigures Paths(List<(double Confidence, bool Held)> answers)
    {
        answers.Sort((a, b) => b.Confidence.CompareTo(a.Confidence));
        var (said, held) = (0, 0);
        KindFigures? best = null;
        for (var i = 0; i < answers.Count; i++)
        {
            (said, held) = (said + 1, held + (answers[i].Held ? 1 : 0));
            var isLast = i + 1 == answers.Count || answers[i + 1].Confidence < answers[i].Confidence;
            if (isLast && said >= FewestAnswers && held + (2 * WantedPaths) >= WantedPaths * (said + 2))
            {
                best = new KindFigures(KindFigures.TemplatePath, KindFigures.On, Math.Round(answers[i].Confidence, 3), said, held);
            }
        }

        return best ?? new KindFigures(KindFigures.TemplatePath, KindFigures.Off, null, said, held);
    }

    private static (int Written, int Held) Lines(string text, string actual)
    {
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in SkeletonWriting.Lines(actual))
        {
            left[line] = left.GetValueOrDefault(line) + 1;
        }

        var (written, held) = (0, 0);
        foreach (var line in SkeletonWriting.Lines(text))
        {
            if (!line.AsSpan().Trim().IsEmpty)
            {
                var has = left.GetValueOrDefault(line);
                left[line] = has - 1;
                (written, held) = (written + 1, held + (has > 0 ? 1 : 0));
            }
        }

        return (written, held);
    }
}

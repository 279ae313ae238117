using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>Points at which a sweep found something broken, by what is struck there.</summary>
public sealed class MendedTests(SweptCases cases) : IClassFixture<SweptCases>
{
    public static TheoryData<string, string, CallClass, string> Points => new()
    {
        // A lock that could not be removed hid what failed, and the swap stayed behind an exit code 1.
        { "apply", "EIO-rename", CallClass.Rename, "/refs/writeopt/tx/" },

        // A directory whose mode could not be set was made, and nobody knew of it.
        { "rollback", "EACCES", CallClass.Attribute, "/repo/lib" },

        // A rename that was refused counted as recovered.
        { "recover", "EXDEV", CallClass.Rename, "/writeopt/stage/" },

        // A sweep took the temps and the witness of a transaction that could not be read.
        { "recover", "EMFILE", CallClass.Open, "/objects/pack" },

        // The swap was walked back although its ref might vouch for it.
        { "apply", "EMFILE", CallClass.Open, "/packed-refs" },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public void What_was_found_broken_stays_mended(string command, string fault, CallClass kind, string path)
    {
        var swept = cases.Get("swap", RepositoryKind.Plain, command);
        var failing = Fault.All.Single(f => f.Name == fault);
        var hit = cases.Workshop.WithTrial(folder =>
        {
            swept.CopyTo(folder);
            return swept.Run(folder, failing.Classes, new Strike.None(), 0).Calls
                .Where(c => c.Class == kind && c.Paths.Any(p => p.Contains(path, StringComparison.Ordinal))).ToList();
        });
        hit.ShouldNotBeEmpty();
        foreach (var call in new[] { hit[0], hit[^1] }.DistinctBy(c => c.Number))
        {
            // Each way of lasting once, at the first or the last call, where the program starts slowly.
            foreach (var lasting in Enum.GetValues<Lasting>()
                .Where(l => SweptCases.Fast || hit.Count == 1 || (l == Lasting.Sticky) == (call == hit[^1])))
            {
                var point = new Point(call.Number, $"{fault} {lasting}", failing.Classes,
                    new Strike.Fail(failing.Errno, lasting));
                var trial = cases.Workshop.WithTrial(folder => FaultSweep.Try(swept, point, folder));
                trial.Hit.ShouldNotBeNull();
                trial.Verdict.Findings.ShouldBeEmpty(trial.Text);
            }
        }
    }
}

using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;
using GitWriteOpt.Crashes.Tracing;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>Points at which a sweep found something broken, by what is struck there.</summary>
public sealed class MendedTests : IDisposable
{
    private readonly Workshop _workshop = new(HermeticEnvironment.NamedBinary ?? Writeopt.Binary);

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
        Assert.SkipWhen(Tracer.Unavailable is not null, Tracer.Unavailable ?? "");
        var swept = SweptCase.Make(_workshop,
            _workshop.Prepare(Scenario.All.Single(s => s.Name == "swap"), RepositoryKind.Plain, inTheWay: true),
            SweptCommand.Ours.Single(c => c.Name == command));
        var failing = Fault.All.Single(f => f.Name == fault);
        var hit = _workshop.WithTrial(folder =>
        {
            swept.CopyTo(folder);
            return swept.Run(folder, failing.Classes, new Strike.None(), 0).Calls
                .Where(c => c.Class == kind && c.Paths.Any(p => p.Contains(path, StringComparison.Ordinal))).ToList();
        });
        hit.ShouldNotBeEmpty();
        foreach (var call in new[] { hit[0], hit[^1] }.DistinctBy(c => c.Number))
        {
            foreach (var lasting in Enum.GetValues<Lasting>())
            {
                var point = new Point(call.Number, $"{fault} {lasting}", failing.Classes,
                    new Strike.Fail(failing.Errno, lasting));
                var trial = _workshop.WithTrial(folder => FaultSweep.Try(swept, point, folder));
                trial.Hit.ShouldNotBeNull();
                trial.Verdict.Findings.ShouldBeEmpty(trial.Text);
            }
        }
    }

    public void Dispose() => _workshop.Dispose();
}

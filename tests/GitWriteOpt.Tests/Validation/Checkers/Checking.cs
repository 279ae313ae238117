using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;
using GitWriteOpt.Validation.Checkers;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Validation.Checkers;

/// <summary>Validates files in a repository by checkers, the real programs or stand-ins.</summary>
internal sealed class Checking(TestRepository repository)
{
    public ResultCache Cache { get; } = new();

    /// <summary>PATH, for checkers that shall find stand-ins.</summary>
    public string? Path { get; init; }

    public TimeSpan Each { get; init; } = TestRepository.Patience;

    public TimeSpan Overall { get; init; } = TimeSpan.FromHours(1);

    public static CheckedFile File(string path, string content, string? before = null) =>
        new(RepoPath.Parse(path), before is null ? PathState.Nothing : State(before), State(content));

    public ValidationOutcome Run(Checker checker, params CheckedFile[] files) => Run([checker], files);

    public ValidationOutcome Run(IEnumerable<Checker> checkers, params CheckedFile[] files)
    {
        var found = Discovery.Open(repository.Root);
        var limits = new CheckerLimits(Each, Overall)
        {
            Environment = Path is null ? null : CallerEnvironment.OfProcess().With(("PATH", Path)),
        };
        return new Validator(new CheckSubject
        {
            Layout = found.Layout,
            Config = found.Config,
            Files = files,
            Read = _ => PathState.Nothing,
            Tracked = () => [],
            Hash = content => ObjectHash.OfBlob(content, found.Layout.ObjectFormat),
            Cache = Cache,
        }).Run([.. checkers.Select(c => new CheckerRule(c, limits))]);
    }

    /// <summary>A line of the table.</summary>
    public static Checker Named(string name) => CheckerTable.All.Single(c => c.Info.Name == name);

    /// <summary>Makes a stand-in for a program, a shell script, in a directory of the fixture outside the worktree.</summary>
    /// <returns>A PATH on which it is found before others.</returns>
    public static string StandIn(TestRepository repository, string name, string script)
    {
        var directory = Directory.CreateDirectory(repository.Outside("bin")).FullName;
        Script(System.IO.Path.Combine(directory, name), script);
        return directory + ":/usr/bin:/bin";
    }

    public static void Script(string path, string script)
    {
        System.IO.File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Skips a test where a program is not installed.</summary>
    public static void Need(string program) => Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(d => System.IO.File.Exists(System.IO.Path.Combine(d, program))), $"{program} is not installed");

    private static PathState.File State(string content) => new(Content.Of(Encoding.UTF8.GetBytes(content)), null, false);
}

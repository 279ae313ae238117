using System.Runtime.CompilerServices;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>The layout of a plain repository, put together by hand for tests of single rooms.</summary>
internal static class Layouts
{
    /// <summary>A repository with one commit: about an unborn HEAD <c>git fsck</c> gives a notice.</summary>
    public static TestRepository Repository(string initArguments = "", [CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["seed"] = "seed\n" }, initArguments, test);

    public static RepositoryLayout Of(TestRepository repository, ObjectFormat format = ObjectFormat.Sha1) => new()
    {
        WorktreeRoot = repository.Root,
        GitDirectory = repository.Root + "/.git",
        CommonDirectory = repository.Root + "/.git",
        ObjectsDirectory = repository.Root + "/.git/objects",
        IndexFile = repository.Root + "/.git/index",
        ObjectFormat = format,
        RefsAreFiles = true,
    };
}

namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>Files, directories and links become one another.</summary>
internal static class SwapScenario
{
    internal static Scenario Make() => new("swap", Commit, Plan, Work);

    private static void Commit(Ground ground)
    {
        for (var i = 0; i < 20; i++)
        {
            ground.Put($"src/f{i:00}.txt", ground.Text(10));
        }

        ground.Put("conf", ground.Text(30));
        ground.Put("a/b", ground.Text(4));
        foreach (var name in (string[])["one", "two", "sub/three", "sub/four"])
        {
            ground.Put($"lib/{name}", ground.Text(8));
        }

        ground.Put("tool/run", "#!/bin/sh\n"u8.ToArray(), (UnixFileMode)0x1ed);
        ground.Link("alias", "src/f00.txt");
        ground.Link("dirlink", "src");
    }

    private static List<Change> Plan(Ground ground) =>
    [
        // A file becomes a directory.
        new Change.Delete("conf"),
        new Change.Write("conf/main.txt", ground.Text(9)),
        new Change.Write("conf/more/extra.txt", ground.Text(3)),
        new Change.Delete("a/b"),
        new Change.Write("a/b/c/d", ground.Text(3)),

        // A directory becomes a file, and another one a link.
        .. ((string[])["one", "two", "sub/three", "sub/four"]).Select(name => new Change.Delete("lib/" + name)),
        new Change.Write("lib", ground.Text(12)),
        new Change.Delete("tool/run"),
        new Change.Link("tool", "src"),

        // A link becomes a file, another one a directory, and a file becomes a link.
        new Change.Delete("alias"),
        new Change.Write("alias", ground.Text(2)),
        new Change.Delete("dirlink"),
        new Change.Write("dirlink/x.txt", ground.Text(2)),
        new Change.Delete("src/f05.txt"),
        new Change.Link("src/f05.txt", "f06.txt"),
        new Change.Write("src/f07.txt", ground.Text(4)),
    ];

    private static void Work(Ground ground, bool inTheWay)
    {
        ground.Put(inTheWay ? "conf" : "src/f15.txt", ground.Text(5));
        ground.Put("untracked.txt", ground.Text(2));
    }
}

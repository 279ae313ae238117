namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>
/// 200 files, of which 20 are modified, 5 deleted, 3 renamed and 2 made executable; 10 are created in new directories,
/// and a link. The user has edited, staged, untracked and ignored files, some of them in the batch's way.
/// </summary>
internal static class MixedScenario
{
    private const int Files = 200;
    private static readonly string[] Folders = ["", "src/", "src/engine/", "src/engine/deep/", "tests/", "docs/", "lib/x/y/z/"];

    internal static Scenario Make() => new("mixed", Commit, Plan, Work);

    private static string Name(int i) => $"{Folders[i % Folders.Length]}file{i:000}{(i % 4 == 3 ? ".bin" : ".txt")}";

    private static byte[] Content(Ground ground, int i, int lines) =>
        i % 4 == 3 ? ground.Binary(100 + (lines * 40)) : ground.Text(lines);

    private static void Commit(Ground ground)
    {
        for (var i = 0; i < Files; i++)
        {
            ground.Put(Name(i), Content(ground, i, 1 + ground.Random.Next(60)), i % 23 == 0 ? (UnixFileMode)0x1ed : null);
        }

        ground.Put("with space/\u00fcn\u00ef \"q\".txt", ground.Text(1));
        ground.Put(".gitignore", "build/\n*.log\n"u8.ToArray());
        ground.Link("link-to-dir", "src/engine");
    }

    // Every sixth file: 20 modified, then deleted, renamed, made executable.
    private static List<Change> Plan(Ground ground)
    {
        var chosen = Enumerable.Range(0, Files).Where(i => i % 6 == 1 && i % 23 != 0).ToList();
        return
        [
            .. chosen[..20].Select(i => new Change.Write(Name(i), Content(ground, i, 5 + ground.Random.Next(50)))),
            .. Enumerable.Range(0, 10).Select(i => new Change.Write(
                $"feature/area{i % 3}/part{i % 2}/new{i}.txt", ground.Text(5 + (i * 4)), Executable: i == 7)),
            .. chosen[20..25].Select(i => new Change.Delete(Name(i))),
            .. chosen[25..28].Select(i => new Change.Move(Name(i), $"moved/{Path.GetFileName(Name(i))}")),
            .. chosen[28..30].Select(i => new Change.MakeExecutable(Name(i))),
            new Change.Link("feature/current", "area0/part0"),
            new Change.Write("odd\n\"name\".txt", ground.Text(2)),
        ];
    }

    private static void Work(Ground ground, bool inTheWay)
    {
        // The first six of the modified, and the first of the deleted, hold work that is nowhere else.
        int[] dirty = inTheWay ? [1, 7, 13, 19, 127, 3, 9] : [3, 9, 15, 21];
        foreach (var i in dirty)
        {
            ground.Put(Name(i), Content(ground, i, 12), i == 7 ? (UnixFileMode)0x180 : null);
        }

        int[] staged = inTheWay ? [25, 31, 4] : [4, 10, 16];
        foreach (var i in staged)
        {
            ground.Put(Name(i), Content(ground, i, 7));
            ground.Git("add", Name(i));
        }

        ground.Put("user/staged-new.txt", ground.Text(2));
        ground.Git("add", "user/staged-new.txt");
        ground.Put("user/staged-new.txt", ground.Text(3));
        if (inTheWay)
        {
            // Staged, then edited again: three versions of one file, of which the batch overwrites one.
            ground.Put(Name(31), Content(ground, 31, 9));
            ground.Put("feature/area0/part0/new0.txt", ground.Text(4), (UnixFileMode)0x180);
        }

        for (var i = 0; i < 4; i++)
        {
            ground.Put($"notes/mine{i}.txt", ground.Text(5), i == 1 ? (UnixFileMode)0x180 : null);
            ground.Put($"build/out{i}.o", ground.Binary(800));
        }

        ground.Put("run.log", ground.Text(20));
        ground.Empty("spool/empty");
    }
}

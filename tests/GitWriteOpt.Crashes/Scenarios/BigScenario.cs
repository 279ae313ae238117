namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>A file of 8 MB and three small ones.</summary>
internal static class BigScenario
{
    private const int Megabytes = 8 << 20;

    internal static Scenario Make() => new("big", Commit, Plan, Work);

    private static void Commit(Ground ground)
    {
        for (var i = 0; i < 40; i++)
        {
            ground.Put($"src/f{i:00}.txt", ground.Text(20));
        }

        ground.Put("data/big.bin", ground.Binary(Megabytes));
    }

    private static List<Change> Plan(Ground ground) =>
    [
        new Change.Write("src/f03.txt", ground.Text(22)),
        new Change.Write("data/big.bin", ground.Binary(Megabytes)),
        new Change.Write("src/f04.txt", ground.Text(2)),
        new Change.Write("src/fresh.txt", ground.Text(9)),
    ];

    private static void Work(Ground ground, bool inTheWay)
    {
        ground.Put(inTheWay ? "src/f04.txt" : "src/f30.txt", ground.Text(5));
        ground.Put("untracked.txt", ground.Text(2));
    }
}

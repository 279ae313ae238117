using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Attacks;

/// <summary>
/// Somebody swaps a link in for a directory or a file while a batch is applied or undone, at every single call in turn:
/// what the link points to is never written (I5), and no byte is lost.
/// </summary>
public sealed class SwappedLinkTests
{
    private const string Batch = """
        {"operations":[{"op":"write","path":"dir/b.txt","content":"evil\n"},{"op":"write","path":"dir/new/n.txt","content":"evil\n"},
        {"op":"delete","path":"dir/gone.txt"},{"op":"chmod","path":"dir/run.sh","executable":true}]}
        """;

    [Theory]
    [InlineData("dir")]
    [InlineData("dir/b.txt")]
    [InlineData("dir/new")]
    [InlineData("dir/gone.txt")]
    public void At_no_call_does_a_link_that_is_swapped_in_lead_out_of_the_worktree_I5(string path)
    {
        for (var point = 0; ; point++)
        {
            using var repository = TestRepository.With(new Dictionary<string, string>
            {
                ["dir/b.txt"] = "b\n",
                ["dir/gone.txt"] = "gone\n",
                ["dir/run.sh"] = "run\n",
            });
            var elsewhere = Directory.CreateDirectory(repository.Outside("elsewhere/new")).Parent!.FullName;
            foreach (var name in (string[])["b.txt", "gone.txt", "run.sh", "new/n.txt"])
            {
                File.WriteAllText(Path.Combine(elsewhere, name), "outside\n");
            }

            var outside = WorktreeState.Of(elsewhere);
            var calls = 0;
            var watch = new Watch
            {
                Before = (_, _, _) =>
                {
                    if (calls++ == point)
                    {
                        PutLink(repository, path, elsewhere);
                    }
                },
            };
            using (var writer = watch.Open(repository))
            {
                writer.Apply(repository.Batch(Batch), new ApplyOptions { Durability = Durability.None });
            }

            WorktreeState.Of(elsewhere).ShouldBe(outside, $"at call {point}");
            if (calls <= point)
            {
                point.ShouldBeGreaterThan(20);
                return;
            }

            point += point / 8;
        }
    }

    private static void PutLink(TestRepository repository, string path, string elsewhere)
    {
        var at = repository.At(path);
        var target = path == "dir" ? elsewhere : elsewhere + path["dir".Length..];
        if (Directory.Exists(at))
        {
            Directory.Move(at, repository.Outside("moved-away"));
        }
        else
        {
            File.Delete(at);
        }

        File.CreateSymbolicLink(at, target);
    }
}

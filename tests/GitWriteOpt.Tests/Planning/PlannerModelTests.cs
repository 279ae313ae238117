using CsCheck;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Planning;

/// <summary>The planner against the plainest model there is: operations one by one on a dictionary.</summary>
public sealed class PlannerModelTests
{
    private static readonly string[] Names = ["a", "b", "d/a", "d/b", "d/e/c", "f"];

    private static readonly Gen<string> Name = Gen.Int[0, Names.Length - 1].Select(i => Names[i]);

    private static readonly Gen<string> SomeText = Gen.Bool.Select(b => b ? "x\n" : "y\n");

    private static readonly Gen<Operation> Operations = Gen.OneOf(
        Gen.Select(Name, SomeText, (p, c) => (Operation)new Operation.Write(RepoPath.Parse(p), Content.Of(c))),
        Name.Select(p => (Operation)new Operation.Delete(RepoPath.Parse(p))),
        Gen.Select(Name, Name, Gen.Bool, (p, q, o) => (Operation)new Operation.Move(RepoPath.Parse(p), RepoPath.Parse(q), o)),
        Gen.Select(Name, Name, Gen.Bool, (p, q, o) => (Operation)new Operation.Copy(RepoPath.Parse(p), RepoPath.Parse(q), o)),
        Name.Select(p => (Operation)new Operation.Edit(RepoPath.Parse(p), [new Replacement("x", "y")])),
        Name.Select(p => (Operation)new Operation.Insert(RepoPath.Parse(p), 1, "x\n")));

    [Fact]
    public void A_plan_leads_where_the_operations_lead_one_by_one() =>
        Gen.Select(Name.HashSet[0, 5], Operations.Array[1, 6]).Sample((present, operations) =>
        {
            var disk = present.ToDictionary(p => p, _ => "x\n");
            var expected = Model(disk, operations);
            try
            {
                var plan = Planner.Plan(new Batch("m", operations), Context(disk), new ApplyOptions());
                expected.ShouldNotBeNull();
                var result = new SortedDictionary<string, string>(disk);
                foreach (var change in plan.Changes)
                {
                    (change.Before is PathState.Absent).ShouldBe(!disk.ContainsKey(change.Path.Value));
                    result.Remove(change.Path.Value);
                    if (change.After is PathState.File file)
                    {
                        result.Add(change.Path.Value, System.Text.Encoding.UTF8.GetString(file.Content.ToMemory().Span));
                    }
                }

                result.ShouldBe(new SortedDictionary<string, string>(expected));
            }
            catch (RefusedException)
            {
                expected.ShouldBeNull();
            }
        }, iter: 2000);

    private static Dictionary<string, string>? Model(Dictionary<string, string> disk, Operation[] operations)
    {
        var files = new Dictionary<string, string>(disk);
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case Operation.Write o:
                    files[o.Path.Value] = Text(o.Content);
                    break;
                case Operation.Delete o when files.Remove(o.Path.Value):
                case Operation.Move m when m.From == m.To && files.ContainsKey(m.From.Value):
                    break;
                case Operation.Move o when files.TryGetValue(o.From.Value, out var text) && (o.Overwrite || !files.ContainsKey(o.To.Value)):
                    files.Remove(o.From.Value);
                    files[o.To.Value] = text;
                    break;
                case Operation.Copy o when files.TryGetValue(o.From.Value, out var text) && (o.Overwrite || !files.ContainsKey(o.To.Value)):
                    files[o.To.Value] = text;
                    break;
                case Operation.Edit o when files.TryGetValue(o.Path.Value, out var text) && text.Count(c => c == 'x') == 1:
                    files[o.Path.Value] = text.Replace('x', 'y');
                    break;
                case Operation.Insert o when files.TryGetValue(o.Path.Value, out var text):
                    files[o.Path.Value] = text.Insert(text.IndexOf('\n') + 1, "x\n");
                    break;
                default:
                    return null;
            }
        }

        return files;
    }

    private static PlanningContext Context(Dictionary<string, string> disk) => new()
    {
        Read = path => disk.TryGetValue(path.Value, out var text)
            ? (Fingerprint.Absent with { Kind = FileKind.File, Permissions = 0x1a4 }, new PathState.File(Content.Of(text), 0x1a4, false))
            : (disk.Keys.Any(k => k.StartsWith(path.Value + "/")) ? Fingerprint.Absent with { Kind = FileKind.Directory } : Fingerprint.Absent,
                PathState.Nothing),
        List = directory => [.. disk.Keys.Where(k => directory is null || k.StartsWith(directory.Value + "/"))
            .Select(k => k[(directory is null ? 0 : directory.Value.Length + 1)..].Split('/')[0]).Distinct()],
        Hash = _ => new ObjectId(new byte[20]),
        ApplyDiff = (_, before) => before,
        ReadBlob = _ => null,
        Merge = (_, _, _, _) => null,
    };

    private static string Text(Content content) => System.Text.Encoding.UTF8.GetString(content.ToMemory().Span);
}

using System.Text.Json;
using GitWriteOpt.Batches;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

/// <summary>
/// A script that plays an agent and a person in one worktree, from a seed. It keeps three worlds, path to content: what is
/// on disk, what would be there had the agent never worked, and what would be there had it not worked in this turn. The
/// agent changes the upper half of files, the person the lower, so that each can be told from the other.
/// </summary>
internal sealed class PlayedAgent(TestRepository repository, Writer writer, int seed)
{
    private const int Lines = 20;

    private readonly Random _random = new(seed);
    private readonly List<string> _story = [];
    private readonly HashSet<string> _notForThePerson = new(StringComparer.Ordinal);
    private SortedDictionary<string, string> _withoutTurn = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>What is on disk, as far as the two have written it.</summary>
    public SortedDictionary<string, string> Disk { get; } = new(StringComparer.Ordinal);

    /// <summary>What would be there without the agent.</summary>
    public SortedDictionary<string, string> WithoutAgent { get; } = new(StringComparer.Ordinal);

    /// <summary>What was there when the session began.</summary>
    public SortedDictionary<string, string> AtStart { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Whether it died while a tool was running: who wrote what since then cannot be told.</summary>
    public bool DiedInATool { get; private set; }

    /// <summary>What happened, a line each, for a test that fails.</summary>
    public string Story => $"seed {seed}:\n{string.Join('\n', _story)}";

    /// <summary>Makes the repository: committed, changed and untracked files.</summary>
    public void Prepare()
    {
        for (var i = 0; i < 8; i++)
        {
            Everywhere($"{(i % 3 == 0 ? "" : $"d{i % 3}/")}f{i}.txt", Numbered());
        }

        repository.Commit("first");
        Everywhere("d1/untracked.txt", Numbered());
        Everywhere("f0.txt", Numbered("changed before"));
        AtStart = new(Disk, StringComparer.Ordinal);
    }

    /// <summary>Plays a session of some turns and an end.</summary>
    public void Play()
    {
        writer.StartSession("played", "agent", Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start"));
        var turns = _random.Next(1, 4);
        for (var turn = 0; turn < turns; turn++)
        {
            Person();
            Checkpoint(CheckpointReason.Prompt, null);
            _withoutTurn = new(Disk, StringComparer.Ordinal);
            for (var tool = _random.Next(1, 5); tool > 0; tool--)
            {
                if (_random.Next(3) == 0)
                {
                    Person();
                }

                if (!Tool(dies: turn == turns - 1 && tool == 1 && _random.Next(3) == 0))
                {
                    return;
                }
            }

            if (turn == turns - 1 && _random.Next(3) == 0)
            {
                Say("the agent dies between two tools");
                return;
            }

            var observed = writer.EndTurn("played", new CheckpointRequest(CheckpointReason.Stop, "turn"));
            if (observed?.Transaction is { } transaction && _random.Next(4) == 0)
            {
                Say("the person undoes the turn");
                writer.Rollback(new RollbackRequest { Transaction = transaction }).State
                    .ShouldBeOneOf([WriteState.Applied, WriteState.Unchanged], Story);
                Replace(Disk, _withoutTurn);
            }
        }

        Person();
    }

    private bool Tool(bool dies)
    {
        Checkpoint(CheckpointReason.BeforeTool, null);
        string[] declared = [];
        switch (_random.Next(4))
        {
            case 0:
                Batch();
                break;
            case 1:
                declared = [Edit("the agent's edit tool")];
                break;
            case 2:
                for (var i = _random.Next(1, 4); i > 0; i--)
                {
                    Shell();
                }

                break;
            default:
                Git();
                break;
        }

        if (dies)
        {
            Say("the agent dies in its tool");
            DiedInATool = true;
            return false;
        }

        Checkpoint(CheckpointReason.AfterTool, "tool", declared);
        return true;
    }

    private void Batch()
    {
        var (path, added) = (Any(), $"new/batch{_made++}.txt");
        Say($"the agent applies a batch: {path}, {added}");
        var content = Upper(Disk[path], $"batch {_made}");
        var json = JsonSerializer.Serialize(new
        {
            operations = new object[]
            {
                new { op = "write", path, content },
                new { op = "write", path = added, content = "batch\n" },
            },
        });
        var batch = BatchReader.Read(System.Text.Encoding.UTF8.GetBytes(json), BatchFormat.Native, new BatchContext(repository.Root, repository.Root));
        writer.Apply(batch, new ApplyOptions { Session = "played", Durability = Durability.None }).State
            .ShouldBe(WriteState.Applied, Story);
        Disk[path] = content;
        Disk[added] = "batch\n";
    }

    private string Edit(string who)
    {
        var path = Any();
        Say($"{who}: {path}");
        Put(path, Upper(Disk[path], $"{who} {_made++}"));
        return path;
    }

    private void Shell()
    {
        switch (_random.Next(4))
        {
            case 0:
                var added = $"made/by-shell{_made++}.txt";
                Say($"the agent's shell makes {added}");
                Put(added, "shell\n");
                break;
            case 1 when Disk.Count > 4:
                var gone = Any();
                Say($"the agent's shell removes {gone}");
                File.Delete(repository.At(gone));
                Disk.Remove(gone);
                break;
            case 2:
                var (from, to) = (Any(), $"moved{_made++}.txt");
                Say($"the agent's shell moves {from} to {to}");
                File.Move(repository.At(from), repository.At(to));
                Disk[to] = Disk[from];
                Disk.Remove(from);
                break;
            default:
                Edit("the agent's sed");
                break;
        }
    }

    private void Git()
    {
        var tracked = repository.Git("ls-files").Split('\n').Where(Disk.ContainsKey).ToList();
        var path = tracked[_random.Next(tracked.Count)];
        switch (_random.Next(3))
        {
            case 0:
                Say($"the agent checks {path} out again");
                repository.Git("checkout", "-q", "HEAD", "--", path);
                Disk[path] = repository.Read(path);
                _notForThePerson.Add(path); // their lines went with the agent's: a later change of them would be a conflict
                break;
            case 1:
                Say($"the agent's git removes {path}");
                repository.Git("rm", "-q", "-f", "--", path);
                Disk.Remove(path);
                break;
            default:
                Say("the agent commits");
                repository.Git("add", "-A");
                repository.Git("commit", "-q", "--allow-empty", "-m", "agent");
                break;
        }
    }

    // The person changes what is there with and without the agent, below the agent's lines.
    private void Person()
    {
        List<string> both = [.. Disk.Keys.Where(p => WithoutAgent.ContainsKey(p) && _withoutTurn.ContainsKey(p) && !_notForThePerson.Contains(p))];
        if (both.Count == 0 || _random.Next(4) == 0)
        {
            var mine = $"person/mine{_made++}.txt";
            Say($"the person makes {mine}");
            Everywhere(mine, Numbered("mine"));
            return;
        }

        var path = both[_random.Next(both.Count)];
        var line = Lines - 1 - _random.Next(5);
        var text = $"person {_made++}";
        Say($"the person changes {path}, line {line + 1}");
        foreach (var world in new[] { Disk, WithoutAgent, _withoutTurn })
        {
            if (world.TryGetValue(path, out var content))
            {
                world[path] = Replaced(content, line, text);
            }
        }

        repository.Write(path, Disk[path]);
    }

    private void Checkpoint(CheckpointReason reason, string? tool, params string[] declared) =>
        writer.Checkpoint("played", new CheckpointRequest(reason, $"{reason}")
        {
            Tool = tool,
            Declared = declared,
            OnlyIfChanged = reason is CheckpointReason.BeforeTool or CheckpointReason.AfterTool,
        });

    private string Any() => Disk.Keys.ElementAt(_random.Next(Disk.Count));

    private void Put(string path, string content)
    {
        repository.Write(path, content);
        Disk[path] = content;
    }

    private void Everywhere(string path, string content)
    {
        Put(path, content);
        WithoutAgent[path] = content;
        _withoutTurn[path] = content;
    }

    private void Say(string what) => _story.Add(what);

    private static void Replace(SortedDictionary<string, string> world, SortedDictionary<string, string> by)
    {
        world.Clear();
        foreach (var (path, content) in by)
        {
            world[path] = content;
        }
    }

    private string Upper(string content, string text) => Replaced(content, _random.Next(Math.Min(8, content.Count(c => c == '\n'))), text);

    private static string Replaced(string content, int line, string text)
    {
        var lines = content.Split('\n');
        lines[line] = text;
        return string.Join('\n', lines);
    }

    private static string Numbered(string? first = null) =>
        string.Concat(Enumerable.Range(0, Lines).Select(i => i == 9 && first is not null ? $"{first}\n" : $"line {i}\n"));
}

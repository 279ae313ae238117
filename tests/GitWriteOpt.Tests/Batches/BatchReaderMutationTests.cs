using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

public sealed class BatchReaderMutationTests
{
    // MUTATION_ROUNDS=8000 for a longer search by hand.
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("MUTATION_ROUNDS") ?? "200");

    private static readonly string[] Pieces =
    [
        "\"", "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\n", "\r", "\0", " ", "\t", "/", "../", ".git", "-", "+", "@@",
        "@@ -1,3 +1,99999 @@\n", "--- ", "+++ ", "diff --git ", "*** ", "*** End Patch", "null", "1e9", "a/", "GIT binary patch\n",
        "From 0123456789012345678901234567890123456789 x\n", "rename from ", "\ud83d\ude00", "```\n", "\"op\":", "literal 5\n",
        "From 0123456789012345678901234567890123456789", "Subject: =?utf-8?b?****?= =?utf-8?q?=?=\n",
    ];

    public static TheoryData<string> Valid => new(
        """{"message":"m","operations":[{"op":"write","path":"a","content":"x\u00e4","mode":"100644","expect":"absent"},{"op":"edit","path":"a","edits":[{"old":"x","new":"y","all":true}]},{"op":"patch","diff":"--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"}]}""",
        """
        {"op":"insert","path":"a","line":1,"text":"x"}
        {"op":"template","name":"t","parameters":{"a":"b"}}
        {"op":"write","path":"a","encoding":"base64","content":"aGk="}
        """,
        """[{"tool_name":"MultiEdit","tool_input":{"file_path":"a","edits":[{"old_string":"","new_string":"b"}]}},{"name":"memory","arguments":"{\"command\":\"insert\",\"path\":\"a\",\"insert_line\":1,\"insert_text\":\"x\"}"},{"type":"update_file","path":"a","diff":"@@ f\n-x\n+y"}]""",
        """{"command":["apply_patch","*** Begin Patch\n*** Update File: a\n@@ f\n-x\n+y\n*** End Patch"]}""",
        """[{"name":"NotebookEdit","input":{"notebook_path":"a.ipynb","cell_id":"c","new_source":"x","edit_mode":"replace"}},{"name":"apply_diff","input":{"path":"a","diff":"<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE"}}]""",
        "<<'EOF'\n*** Begin Patch\n*** Add File: a\n+x\n*** Update File: b\n*** Move to: c\n@@ f\n-x\n+y\n*** End of File\n*** End Patch\nEOF\n",
        "```diff\ndiff --git a/f b/g\nsimilarity index 90%\nrename from f\nrename to g\n--- a/f\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n```\n",
        "diff --git \"a/\\303\\274 x\" \"b/\\303\\274 x\"\nnew file mode 100644\nindex 0..1\nGIT binary patch\nliteral 3\nCcmZQz\n\nliteral 0\nHcmV?d00001\n\n",
        "From 0123456789012345678901234567890123456789 Mon\nSubject: [PATCH 1/2] =?UTF-8?q?=C3=A4?=\n =?UTF-8?b?w6Q=?=\n\ntext\n---\n f | 2 +-\n\n--- a/f\t1970-01-01 00:00:00 +0000\n+++ b/f\t2000-01-01 00:00:00 +0000\n@@ -0,0 +1 @@\n+a\n-- \n2.43\n",
        "From 0123456789012345678901234567890123456789 Mon\nContent-Transfer-Encoding: quoted-printable\n\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a=20\n+b=\n\n",
        "src/a.py\n```\n<<<<<<< SEARCH\n:start_line:3\n-------\na\n=======\nb\n>>>>>>> REPLACE\n```\nb.txt:\n------- SEARCH\nx\n=======\n+++++++ REPLACE\n",
        """{"changes":{"file:///home/tree/a%20b":[{"range":{"start":{"line":0,"character":1},"end":{"line":2,"character":0}},"newText":"x"}]}}""",
        """{"documentChanges":[{"kind":"rename","oldUri":"a","newUri":"b","options":{"overwrite":true}},{"textDocument":{"uri":"b","version":null},"edits":[]},{"kind":"create","uri":"c"}]}""",
        """{"version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","originalUriBaseIds":{"R":{"uri":"file:///home/tree/"}},"results":[{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"f","uriBaseId":"R"},"replacements":[{"deletedRegion":{"startLine":1,"endColumn":2},"insertedContent":{"text":"x"}}]}]}]}]}]}""",
        """[{"text":"a","range":{"byteOffset":{"start":0,"end":1}},"file":"f","replacement":"b","replacementOffsets":{"start":0,"end":2}}]""",
        """{"uri":"f","rewritten_source":"bar","in_place_substitutions":[{"range":{"start":{"offset":0},"end":{"offset":3}},"replacement_content":"bar"}]}""",
        """
        {"type":"user","uuid":"u","timestamp":"2026-01-01T00:00:00Z","cwd":"/home/tree","message":{"content":[{"type":"tool_use","id":"t","name":"Write","input":{"file_path":"a","content":"x"}}]}}
        {"type":"user","uuid":"v","message":{"content":[{"type":"tool_result","tool_use_id":"t","is_error":false}]}}
        """);

    [Theory]
    [MemberData(nameof(Valid))]
    public void Every_reader_meets_damaged_input_with_an_error_of_ours(string valid)
    {
        var random = new Random(7);
        Read(valid).Operations.ShouldNotBeEmpty();
        for (var round = 0; round < 1_000; round++)
        {
            var bytes = Mutated(Encoding.UTF8.GetBytes(valid), random);
            foreach (var format in Enum.GetValues<BatchFormat>())
            {
                ReadOrFail(bytes, format);
            }
        }
    }

    // Other input each time; what fails stands in the message, to be read again. FUZZ_SECONDS says for how long.
    [Fact]
    public void For_a_fixed_time_no_reader_meets_spliced_and_damaged_input_but_with_an_error_of_ours()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("FUZZ_SECONDS") ?? "1");
        List<byte[]> corpus = [.. Valid.Select(row => Encoding.UTF8.GetBytes(row.Data))];
        var formats = Enum.GetValues<BatchFormat>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var rounds = 0;
        do
        {
            var (first, second) = (corpus[Random.Shared.Next(corpus.Count)], corpus[Random.Shared.Next(corpus.Count)]);
            var spliced = first[..Random.Shared.Next(first.Length + 1)].Concat(second[Random.Shared.Next(second.Length + 1)..]);
            var bytes = Mutated(Random.Shared.Next(3) == 0 ? [.. spliced] : first, Random.Shared);
            ReadOrFail(bytes, BatchFormat.Auto);
            ReadOrFail(bytes, formats[Random.Shared.Next(formats.Length)]);
            rounds++;
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        rounds.ShouldBePositive();
    }

    [Fact]
    public void Git_finds_no_file_in_an_accepted_diff_that_is_not_in_its_list_I5()
    {
        var random = new Random(11);
        var valid = Encoding.UTF8.GetBytes("diff --git a/f b/g\nsimilarity index 90%\nrename from f\nrename to g\n"
            + "--- a/f\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n--- x/p\n+++ x/p\n@@ -1,2 +1,2 @@\n c\n-a\n+b\n"
            + "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n");
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutated(valid, random);
            if (Accepted(bytes) is not { } patch)
            {
                continue;
            }

            accepted++;
            File.WriteAllBytes(Path.Combine(HermeticEnvironment.Root, "mutated"), patch.Diff.ToArray());
            var (exitCode, output, _) = TestRepository.RunAny(HermeticEnvironment.Root, "git",
                ["apply", "-p1", "--numstat", "--summary", "-z", "mutated"]);
            var listed = patch.Files.SelectMany(f => new[] { f.OldPath.Value, f.NewPath.Value }).ToHashSet();
            if (exitCode == 0)
            {
                output.Split('\0').Where(l => l.Count(c => c == '\t') == 2).Select(l => l.Split('\t')[2])
                    .ShouldAllBe(path => listed.Contains(path), Convert.ToBase64String(bytes));
            }
        }

        accepted.ShouldBeGreaterThan(Rounds / 20);
    }

    private static Operation.Patch? Accepted(byte[] bytes)
    {
        try
        {
            var batch = BatchReader.Read(bytes, BatchFormat.Diff, Context);
            return batch.Operations is [Operation.Patch patch] ? patch : null;
        }
        catch (WriteException)
        {
            return null;
        }
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var at = random.Next(list.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < list.Count:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveRange(at, Math.Min(random.Next(1, 12), list.Count - at));
                    break;
                case 2:
                    list.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    list.InsertRange(at, list.Skip(random.Next(list.Count + 1)).Take(random.Next(40)).ToList());
                    break;
            }
        }

        return [.. list];
    }

    private static void ReadOrFail(byte[] bytes, BatchFormat format)
    {
        try
        {
            foreach (var patch in BatchReader.Read(bytes, format, Context).Operations.OfType<Operation.Patch>())
            {
                patch.Files.ShouldNotBeEmpty();
            }
        }
        catch (WriteException e)
        {
            e.Error.Message.ShouldNotBeEmpty();
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new InvalidOperationException($"{format}: {Convert.ToBase64String(bytes)}", e);
        }
    }
}

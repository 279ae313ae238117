using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Attacks;

/// <summary>A repository whose configuration would run a program at every turn: none of our commands runs any (I10, I11).</summary>
public sealed class HostileRepositoryTests
{
    private static readonly string[] Hooks =
    [
        "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit", "prepare-commit-msg",
        "commit-msg", "post-commit", "pre-rebase", "post-checkout", "post-merge", "pre-push", "pre-receive", "update",
        "proc-receive", "post-receive", "post-update", "reference-transaction", "push-to-checkout", "pre-auto-gc",
        "post-rewrite", "sendemail-validate", "fsmonitor-watchman", "post-index-change",
    ];

    [Fact]
    public void No_command_runs_anything_that_a_repository_names_I10_I11()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "one\ntwo\nthree\n",
            ["b.bin"] = "b\n",
            [".gitattributes"] = "*.txt diff=evil merge=evil\n*.bin filter=evil\n",
        });
        var canary = repository.Outside("canary");
        var program = Script(repository.Outside("evil.sh"), canary);
        Infest(repository, program);
        try
        {
            Everything(repository, () => File.Exists(canary).ShouldBeFalse());
        }
        finally
        {
            // The fixture's own git would run it.
            File.WriteAllText(repository.At(".git/config"), "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
            File.Delete(canary);
        }
    }

    private static void Everything(TestRepository repository, Action quiet)
    {
        var oldBlob = repository.Git("-c", "core.fsmonitor=false", "rev-parse", ":a.txt");
        (string Input, string[] Arguments)[] steps =
        [
            ("""{"op":"write","path":"b.bin","content":"B\n"}""", ["apply"]),
            ("""{"op":"edit","path":"a.txt","edits":[{"old":"one","new":"ONE"}]}""", ["plan"]),
            ("""{"op":"edit","path":"a.txt","edits":[{"old":"one","new":"ONE"}]}""", ["apply", "--stage", "--message", "m"]),
            ($$"""{"op":"edit","path":"a.txt","expect":"{{oldBlob}}","edits":[{"old":"three","new":"3"}]}""", ["apply", "--3way"]),
            ("--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n ONE\n-two\n+TWO\n 3\n", ["apply", "--format", "diff"]),
            ($"diff --git a/a.txt b/a.txt\nindex {oldBlob[..10]}..0000000 100644\n--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,4 @@\n one\n two\n three\n+four\n",
                ["apply", "--3way", "--merge", "union", "--format", "diff"]),
            ("""{"op":"write","path":"b.bin","content":"x\n"}""", ["apply", "--stage"]),
            ("", ["show"]), ("", ["diff"]), ("", ["log"]), ("", ["log", "--all-worktrees", "--json"]), ("", ["status"]),
            ("", ["undo"]), ("", ["redo"]), ("", ["undo", "--", "a.txt"]), ("", ["restore", "@", "--before"]), ("", ["recover"]),
            ("", ["rescue", "list"]), ("", ["schema"]), ("", ["completion", "bash"]), ("", ["hook", "pre-commit"]),
            ("", ["hook", "post-merge"]), ("", []), ("", ["-v", "status"]),
        ];
        foreach (var (input, arguments) in steps)
        {
            var (exitCode, output, error) = Writeopt.Feed(repository, input, arguments);
            exitCode.ShouldBeOneOf([0, 1], $"{string.Join(' ', arguments)}: {output}{error}");
            (output + error).ShouldNotContain("defect");
            quiet();
        }
    }

    private static void Infest(TestRepository repository, string program)
    {
        Directory.CreateDirectory(repository.At(".git/hooks"));
        foreach (var hook in Hooks)
        {
            File.Copy(program, repository.At(".git/hooks/" + hook), overwrite: true);
            File.SetUnixFileMode(repository.At(".git/hooks/" + hook), (UnixFileMode)0x1ed);
        }

        foreach (var key in (string[])
        [
            "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
            "sequence.editor", "diff.external", "diff.evil.textconv", "diff.evil.command", "merge.evil.driver", "filter.evil.clean",
            "filter.evil.smudge", "filter.evil.process", "gpg.program", "gpg.ssh.program", "gpg.x509.program",
            "gpg.ssh.defaultKeyCommand", "credential.helper", "pager.diff", "pager.show", "pager.log", "interactive.diffFilter",
            "man.viewer", "browser.evil.cmd", "mergetool.evil.cmd", "difftool.evil.cmd", "trailer.evil.command", "trailer.evil.cmd",
            "uploadpack.packObjectsHook", "remote.origin.uploadpack", "remote.origin.receivepack", "receive.procReceiveRefs",
        ])
        {
            var (section, name) = (key[..key.IndexOf('.')], key[(key.LastIndexOf('.') + 1)..]);
            var part = key.Length > section.Length + name.Length + 1 ? $" \"{key[(section.Length + 1)..^(name.Length + 1)]}\"" : "";
            File.AppendAllText(repository.At(".git/config"), $"[{section}{part}]\n\t{name} = {program}\n");
        }

        File.WriteAllText(repository.Outside("included"), $"[alias]\n\tdiff = !{program}\n\tapply = !{program}\n\tcat-file = !{program}\n"
            + $"[core]\n\tpager = {program}\n[gpg]\n\tprogram = {program}\n");
        File.AppendAllText(repository.At(".git/config"), $"[include]\n\tpath = {repository.Outside("included")}\n"
            + $"[includeIf \"gitdir:**\"]\n\tpath = {repository.Outside("included")}\n[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n"
            + "[log]\n\tshowSignature = true\n[remote \"origin\"]\n\turl = ext::" + program + "\n\tpromisor = true\n"
            + "[extensions]\n\tpartialClone = origin\n[core]\n\trepositoryformatversion = 1\n[filter \"evil\"]\n\trequired = true\n");
    }

    private static string Script(string path, string canary)
    {
        File.WriteAllText(path, $"#!/bin/sh\necho \"$0 $*\" >> {canary}\ncat\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ed);
        return path;
    }
}

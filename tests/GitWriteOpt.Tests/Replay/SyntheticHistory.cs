using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Replay;

/// <summary>A history that has in a dozen commits what real ones have in thousands.</summary>
internal static class SyntheticHistory
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 40).Select(i => $"line {i}\n"));

    /// <summary>Commits everything, step by step.</summary>
    public static TestRepository Make(string initArguments = "")
    {
        var repository = TestRepository.Init(initArguments, nameof(SyntheticHistory));
        Roots(repository);
        Renames(repository);
        Modes(repository);
        Links(repository);
        Contents(repository);
        Swaps(repository);
        OddNames(repository);
        Merge(repository);
        return repository;
    }

    private static void Roots(TestRepository r)
    {
        r.Write("readme.md", Text);
        r.Write("src/a.c", Text.Replace("line", "a"));
        r.Write("src/b.c", Text.Replace("line", "b"));
        r.Write("src/deep/er/c.c", Text.Replace("line", "c"));
        r.Write("docs/one.txt", "one\n");
        r.Write("docs/two.txt", "two\n");
        r.Write("run.sh", "#!/bin/sh\n" + Text);
        r.Write(".gitattributes", "*.txt text eol=crlf\n*.c ident filter=nothing\n*.md working-tree-encoding=UTF-16\n");
        r.Git("config", "core.autocrlf", "false");
        File.WriteAllText(r.At(".git/info/attributes"), "* -text -filter -ident -working-tree-encoding !eol\n");
        r.Commit("root");
    }

    private static void Renames(TestRepository r)
    {
        r.Git("mv", "readme.md", "README.md");
        r.Git("mv", "src/a.c", "src/deep/a.c");
        r.Commit("exact renames, one in case alone");
        r.Git("mv", "src/deep", "lib");
        r.Write("lib/a.c", r.Read("lib/a.c") + "more\n");
        r.Commit("a directory renamed, with a change");
        r.Git("mv", "lib/a.c", "lib/x.c");
        r.Git("mv", "src/b.c", "lib/a.c");
        r.Commit("a chain of renames");
        r.Git("mv", "run.sh", "tool");
        r.Git("mv", "tool", "run.tmp");
        Directory.CreateDirectory(r.At("run.sh"));
        r.Git("mv", "run.tmp", "run.sh/main");
        r.Commit("a file renamed into a directory of its own name");
        r.Git("mv", "run.sh/main", "run.tmp");
        Directory.Delete(r.At("run.sh"));
        r.Git("mv", "run.tmp", "run.sh");
        r.Commit("and back out of it");
    }

    private static void Modes(TestRepository r)
    {
        r.Git("update-index", "--chmod=+x", "run.sh");
        r.Git("commit", "-q", "-m", "mode alone");
        r.Git("checkout", "-f", "-q", "HEAD");
        r.Git("mv", "run.sh", "start.sh");
        r.Git("update-index", "--chmod=-x", "start.sh");
        r.Git("commit", "-q", "-m", "rename and mode");
        r.Git("checkout", "-f", "-q", "HEAD");
        r.Write("start.sh", r.Read("start.sh") + "exit 0\n");
        r.Git("add", "-A");
        r.Git("update-index", "--chmod=+x", "start.sh");
        r.Git("commit", "-q", "-m", "content and mode");
        r.Git("checkout", "-f", "-q", "HEAD");
    }

    private static void Links(TestRepository r)
    {
        File.CreateSymbolicLink(r.At("current"), "lib");
        File.CreateSymbolicLink(r.At("docs/dangling"), "../nowhere/at all");
        r.Commit("links, one dangling");
        r.Git("mv", "docs/dangling", "lib/moved-link");
        File.Delete(r.At("current"));
        File.CreateSymbolicLink(r.At("current"), "docs");
        r.Commit("a link moved, a link changed");
        File.Delete(r.At("current"));
        r.Write("current", "a file now\n");
        File.Delete(r.At("docs/one.txt"));
        File.CreateSymbolicLink(r.At("docs/one.txt"), "two.txt");
        r.Commit("link to file and file to link");
    }

    private static void Contents(TestRepository r)
    {
        var bytes = new byte[20_000];
        new Random(2).NextBytes(bytes);
        r.Write("image.bin", bytes);
        r.Write("empty", "");
        r.Write("crlf.txt", Text.ReplaceLineEndings("\r\n"));
        r.Write("mixed.txt", "one\r\ntwo\nthree\r\r\nfour\r");
        r.Write("latin1.txt", [0xe4, 0xf6, 0xfc, 0x0a]);
        r.Write("bom.txt", [0xef, 0xbb, 0xbf, .. "text\n"u8]);
        r.Commit("binary, empty, CRLF, mixed, Latin-1, byte order mark");
        bytes[7] ^= 1;
        r.Write("image.bin", bytes);
        r.Write("empty", "no longer");
        r.Write("crlf.txt", r.Read("crlf.txt").Replace("line 7\r\n", "seven\r\nand more\r\n"));
        r.Write("mixed.txt", "one\r\nzwei\nthree\r\r\nfour\r");
        r.Write("latin1.txt", [0xe4, 0xf6, 0xfc, 0x0a, 0xdf]);
        r.Commit("all changed, the final newline gone");
        r.Write("empty", "");
        r.Write("crlf.txt", Text);
        r.Git("mv", "image.bin", "lib/image.bin");
        r.Commit("emptied, CRLF to LF, a binary file moved");
    }

    private static void Swaps(TestRepository r)
    {
        Directory.Delete(r.At("docs"), recursive: true);
        r.Write("docs", "a file where a directory was\n");
        File.Delete(r.At("current"));
        r.Write("current/deep/file", "a directory where a file was\n");
        r.Commit("directory to file and file to directory");
        File.Delete(r.At("docs"));
        File.CreateSymbolicLink(r.At("docs"), "lib");
        Directory.Delete(r.At("current"), recursive: true);
        File.CreateSymbolicLink(r.At("current"), "docs");
        r.Commit("file and directory to link");
        File.Delete(r.At("docs"));
        r.Write("docs/again.txt", "a directory once more\n");
        r.Commit("link to directory");
    }

    private static void OddNames(TestRepository r)
    {
        foreach (var name in (string[])[" leading", "trailing ", "two  blanks", "tab\there", "new\nline", "quo\"te", "back\\slash",
            "ümläut", "日本/語", "-dash", "a b/c d", "*?[", "$HOME", "%41", "~", "#", "tail.", "e\u0301"])
        {
            r.Write("odd/" + name, name);
        }

        r.Commit("odd names");
        r.Git("mv", "odd/new\nline", "odd/tab\tand\nnew line");
        File.Delete(r.At("odd/quo\"te"));
        File.CreateSymbolicLink(r.At("odd/quo\"te"), "back\\slash \n\"target\"");
        r.Write("odd/ümläut", "changed");
        r.Write("odd/trailing ", "changed\n");
        r.Commit("odd names changed");
    }

    private static void Merge(TestRepository r)
    {
        r.Git("checkout", "-q", "-b", "side");
        r.Write("lib/side.c", "side\n");
        r.Commit("side");
        r.Git("checkout", "-q", "-");
        r.Write("lib/main.c", "main\n");
        r.Commit("main");
        r.Git("merge", "-q", "--no-edit", "side");
        r.Commit("nothing");
    }
}

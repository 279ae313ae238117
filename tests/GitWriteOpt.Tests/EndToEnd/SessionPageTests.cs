using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class SessionPageTests
{
    private const string HostileName = "<img src=x onerror=alert(1)>&\"'.txt";
    private const string HostileText = "</pre></details><script>document.title='owned'</script>\u202e\u0007\n";

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public void Nothing_of_a_repository_becomes_markup()
    {
        using var repository = Poisoned();

        var page = Report(repository);

        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("\u202e");
        page.ShouldContain("&lt;img src=x onerror=alert(1)&gt;&amp;");
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    [Fact]
    public void It_has_timeline_files_figures_and_diffs_and_says_what_is_cut()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        Writeopt.Run(repository, "run", "--", "sh", "-c", "seq 3000 > long.txt; echo b > a.txt; printf '\\0' > bin").ExitCode.ShouldBe(0);

        var page = Report(repository);

        page.ShouldContain("<h2>Timeline</h2>");
        page.ShouldContain("<b class=\"add\">3,001</b>");
        page.ShouldContain("<td class=\"path mono\">long.txt</td>");
        page.ShouldContain("too long for the page");
        page.ShouldContain("<td class=\"mono\">binary</td>");
        page.ShouldContain("<span class=\"del\">-a</span>");
    }

    [Fact]
    public void A_report_is_replaced_and_any_other_file_only_with_force()
    {
        using var repository = Poisoned();
        Report(repository);
        Report(repository);
        repository.Write("mine.html", "mine");

        Writeopt.Run(repository, "session", "report", Session(repository), "--html", "mine.html").ExitCode.ShouldBe(2);
        repository.Read("mine.html").ShouldBe("mine");
        Writeopt.Run(repository, "session", "report", Session(repository), "--html", "mine.html", "--force").ExitCode.ShouldBe(0);
        repository.Read("mine.html").ShouldStartWith("<!DOCTYPE html>");
        Directory.EnumerateFiles(repository.Root, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public void A_browser_shows_it_and_runs_nothing_of_it()
    {
        var browser = Array.Find(Browsers, File.Exists);
        Assert.SkipWhen(browser is null, "there is no Chromium on this machine");
        using var repository = Poisoned();
        Report(repository);

        var (exitCode, shown, error) = TestRepository.RunAny(repository.Root, browser!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={repository.Outside("profile")}",
            "--virtual-time-budget=1000", "--dump-dom", "file://" + repository.At("report.html"),
        ]);

        exitCode.ShouldBe(0, error);
        shown.ShouldContain("<title>Session ");
        shown.ShouldContain("<details>");
        shown.ShouldNotContain("owned</title>");
        shown.ShouldNotContain("<img");
    }

    private static string Report(TestRepository repository)
    {
        var (exitCode, _, error) = Writeopt.Run(repository, "session", "report", Session(repository), "--html", "report.html");
        exitCode.ShouldBe(0, error);
        return repository.Read("report.html");
    }

    private static string Session(TestRepository repository) => Writeopt.Run(repository, "session", "list").Output.Split(' ')[0];

    private static TestRepository Poisoned()
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" }, test: "session-page");
        repository.Write("source", HostileText);
        Writeopt.Run(repository, "run", "-m", "<script>alert(2)</script>", "--", "cp", "source", HostileName).ExitCode.ShouldBe(0);
        return repository;
    }
}

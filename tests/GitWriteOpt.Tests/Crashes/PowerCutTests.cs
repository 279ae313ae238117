using System.Text.Json;
using GitWriteOpt.Crashes.Tracing;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

public sealed class PowerCutTests
{
    /// <summary>The program itself: mounts need a process of their own.</summary>
    [Fact]
    public void What_the_block_device_holds_at_a_kill_is_all_before_or_all_after()
    {
        Assert.SkipWhen(Tracer.Unavailable is not null, Tracer.Unavailable ?? "");
        Assert.SkipUnless(Confined.IsRoot && TestRepository.RunAny("/", "sh",
            ["-c", "command -v mkfs.ext4 && losetup --find && unshare -m true"]).ExitCode == 0,
            "loop devices, mkfs.ext4 or mounts are missing");
        var points = SweptCases.Fast ? 6 : 2;
        var answer = $"{HermeticEnvironment.Root}/powercut.json";
        var (code, output, error) = TestRepository.RunAny("/", "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "GitWriteOpt.Crashes.dll"), "powercut", "--scenario", "swap", "--command",
            "apply", "--disk", "ext4", "--max", $"{points}", "--binary", Writeopt.Binary, "--json", answer,
        ]);
        code.ShouldBe(0, output + error);
        using var json = JsonDocument.Parse(File.ReadAllBytes(answer));
        var ext4 = json.RootElement.EnumerateArray().Single(r => r.GetProperty("scenario").GetString() == "swap on ext4");
        ext4.GetProperty("tried").GetInt32().ShouldBe(points, ext4.ToString());
    }
}

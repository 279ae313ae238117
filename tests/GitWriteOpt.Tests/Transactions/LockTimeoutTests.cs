using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Transactions;

public sealed class LockTimeoutTests
{
    [Fact]
    public void A_writer_waits_half_a_minute_or_for_as_long_as_is_configured()
    {
        using var repository = TestRepository.Init();
        TimeSpan Waits() => LockTimeout.Of(GitConfig.Open(Discovery.Open(repository.Root).Layout,
            CallerEnvironment.OfProcess().With(("GIT_CONFIG_GLOBAL", "/dev/null"))));
        Waits().ShouldBe(TimeSpan.FromSeconds(30));
        repository.Git("config", "writeopt.lockTimeout", "1k");
        Waits().ShouldBe(TimeSpan.FromSeconds(1024));
        using var writer = Writer.Open(repository.Root);
        writer.LockLimit.ShouldBe(TimeSpan.FromSeconds(1024));
        writer.LockLimit = TimeSpan.Zero;
        writer.LockLimit.ShouldBe(TimeSpan.Zero, "what the caller says counts more");
        repository.Git("commit", "-q", "--allow-empty", "-m", "for git fsck");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1m")]
    public void What_is_no_number_of_seconds_is_told_with_its_key(string value)
    {
        using var repository = Layouts.Repository();
        repository.Git("config", "writeopt.lockTimeout", value);
        var error = Should.Throw<UsageException>(() => repository.Apply("""{"op":"write","path":"a","content":"a"}""")).Error;
        (error.Code, error.Message.Contains($"writeopt.lockTimeout = \"{value}\"")).ShouldBe(("bad-config-value", true));
        repository.Exists("a").ShouldBeFalse();
    }
}

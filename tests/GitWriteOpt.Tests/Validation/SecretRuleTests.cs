namespace GitWriteOpt.Tests.Validation;

/// <summary>Secrets. None stands here as a whole: they are put together when the test runs.</summary>
public sealed class SecretRuleTests
{
    private const string Letters = "q7Rk2ZvN9xTb4LmW8cYp3JdF6hGs1KnV5uEaXoQiBtMrDzCwHyPjUlSfIgAeOkLqZxWvNbTcYm";

    public static TheoryData<string, string> Secrets => new()
    {
        { "AKIA", "Q7RK2ZVN5XTB4LMW" },
        { "AIza", Letters[..35] },
        { "AccountKey=", Letters + Letters[..12] + "==" },
        { "ghp_", Letters[..36] },
        { "github_pat_", Letters[..22] + "_" + Letters[..59] },
        { "glpat-", Letters[..20] },
        { "xoxb-", "1234509876-" + Letters[..24] },
        { "https://hooks.slack.com/services/", "T0A1B2C3D/B4E5F6G7H/" + Letters[..24] },
        { "sk_live_", Letters[..24] },
        { "npm_", Letters[..36] },
        { "pypi-AgEIcHlwaS5vcmc", Letters[..60] },
        { "sk-ant-api03-", Letters + Letters[..20] },
        { "sk-proj-", Letters[..48] },
        { "sk-", Letters[..20] + "T3BlbkFJ" + Letters[20..40] },
        { "aws_secret_access_key = ", Letters[..40] },
        { "-----BEGIN RSA PRIVATE KEY-----\n", Letters[..64] + "\n" + Letters[..64] + "\n" },
        { "\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n", Letters[..64] + "\\n" + Letters[..64] },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_is_found_and_never_quoted(string start, string secret)
    {
        var text = "# first\nkey: \"" + start + secret + "\"\n";
        var found = Looking.At("secret", "src/config.txt", text).ShouldHaveSingleItem();
        found.Line.ShouldBe(2);
        found.Unsure.ShouldBeFalse();
        (found.Message + found.Suggestion).ShouldNotContain(secret[^12..]);
    }

    [Theory]
    [InlineData("AKIA", "IOSFODNN7EXAMPLE")]
    [InlineData("AKIA", "AAAAAAAAAAAAAAAA")]
    [InlineData("ghp_", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("sk_live_", "your0key0goes0here0please")]
    [InlineData("sk_test_", "q7Rk2ZvN9xTb4LmW8cYp3JdF")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "\n...\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n", "q7Rk2ZvN9xTb4LmW8cYp3JdF6hGs1KnV5uEaXoQiBtMrDzCwHyPjUlSfIgAeOkLqZxWvNbTcYm")]
    [InlineData("myghp_", "q7Rk2ZvN9xTb4LmW8cYp3JdF6hGs1KnV5uEa")]
    public void What_only_looks_like_one_is_not_found(string start, string rest) =>
        Looking.At("secret", "src/config.txt", $"a = '{start}{rest}'\n").ShouldBeEmpty();

    [Theory]
    [InlineData("tests/a.txt")]
    [InlineData("docs/a.txt")]
    [InlineData("README.md")]
    public void Among_tests_and_in_prose_it_is_a_warning(string path) =>
        Looking.At("secret", path, "ghp_" + Letters[..36]).ShouldHaveSingleItem().Unsure.ShouldBeTrue();

    [Fact]
    public void A_signed_token_is_a_warning_since_it_may_have_run_out() =>
        Looking.At("secret", "a.js", "eyJ" + Letters[..30] + ".eyJ" + Letters[..40] + "." + Letters[..43]).ShouldHaveSingleItem().Unsure.ShouldBeTrue();
}

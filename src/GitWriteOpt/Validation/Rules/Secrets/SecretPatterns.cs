using static GitWriteOpt.Validation.Rules.Secrets.SecretPart;

namespace GitWriteOpt.Validation.Rules.Secrets;

/// <summary>
/// The well-known forms, as the issuers document them (and as gitleaks and GitHub's secret scanning look for them).
/// Private keys have a form of their own: <see cref="PrivateKeys"/>.
/// </summary>
internal static class SecretPatterns
{
    private const Letters Word = Letters.Alphanumeric;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SecretPattern> All { get; } =
    [
        new("an age secret key", ["AGE-SECRET-KEY-1"], Run(Letters.Upper | Letters.Digits, 58)),
        new("an access key id of AWS", ["AKIA", "ASIA"], Run(Letters.Upper | Letters.Digits, 16)),
        new("a secret access key of AWS", ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "SecretAccessKey", "secretAccessKey"],
            Run(Letters.Between, 1, 12), Run(Letters.Base64, 40)),
        new("an API key of Google", ["AIza"], Run(Letters.Url, 35)),
        new("a client secret of Google", ["GOCSPX-"], Run(Letters.Url, 28)),
        new("an account key of Azure", ["AccountKey="], Run(Letters.Base64, 86), Is("==")),
        new("a shared access key of Azure", ["SharedAccessKey="], Run(Letters.Base64, 43), Is("=")),
        new("a token of GitHub", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], Run(Word, 36, 255)),
        new("a token of GitHub", ["github_pat_"], Run(Word, 22), Is("_"), Run(Word, 59)),
        new("a token of GitLab", ["glpat-", "gldt-", "glrt-"], Run(Letters.Url, 20, 50)),
        new("a token of Slack", ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"], Run(Letters.Digits, 8, 14), Is("-"), Run(Letters.Url, 18, 200)),
        new("a token of Slack", ["xapp-1-"], Run(Letters.Upper | Letters.Digits, 8, 14), Is("-"), Run(Letters.Digits, 8, 16), Is("-"),
            Run(Letters.Lower | Letters.Digits, 60, 80)),
        new("a webhook of Slack", ["hooks.slack.com/services/T"], Run(Letters.Upper | Letters.Digits, 8, 12), Is("/B"),
            Run(Letters.Upper | Letters.Digits, 8, 12), Is("/"), Run(Word, 24)) { Anywhere = true },
        new("a live key of Stripe", ["sk_live_", "rk_live_"], Run(Word, 24, 120)),
        new("a token of npm", ["npm_"], Run(Word, 36)),
        new("a token of PyPI", ["pypi-AgEIcHlwaS5vcmc"], Run(Letters.Url, 50, 500)),
        new("an API key of Anthropic", ["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-"], Run(Letters.Url, 80, 150)),
        new("an API key of OpenAI", ["sk-proj-", "sk-svcacct-", "sk-admin-"], Run(Letters.Url, 40, 200)),
        new("an API key of OpenAI", ["sk-"], Run(Word, 20), Is("T3BlbkFJ"), Run(Word, 20)),
        new("a token of Hugging Face", ["hf_"], Run(Letters.Upper | Letters.Lower, 34)),
        new("an API key of SendGrid", ["SG."], Run(Letters.Url, 22), Is("."), Run(Letters.Url, 43)),
        new("a token of DigitalOcean", ["dop_v1_"], Run(Letters.Lower | Letters.Digits, 64)),
        new("a token of Shopify", ["shpat_", "shpss_"], Run(Word, 32)),
        new("a token of Docker Hub", ["dckr_pat_"], Run(Letters.Url, 27)),
        new("a token of Vault", ["hvs."], Run(Letters.Url, 24, 200)),
        new("a signed token (JWT)", ["eyJ"], Run(Letters.Url, 10, 1000), Is(".eyJ"), Run(Letters.Url, 10, 4000), Is("."), Run(Letters.Url, 20, 1000))
        {
            Unsure = true,
        },
    ];
}

using System.Text.RegularExpressions;

namespace GitWriteOpt.Validation.Rules.Secrets;

/// <summary>What a secret looks like.</summary>
/// <param name="Start">Texts that it begins with, or that stand right before it: the cheap filter.</param>
/// <param name="Shape">The whole of it, from where the start stands; its group <c>secret</c>, where it has one, is the part that nobody knows.</param>
/// <param name="Name">What it is, with its article.</param>
internal sealed record SecretPattern(string[] Start, Regex Shape, string Name)
{
    /// <summary>It may well be none, or one that is of no use to others.</summary>
    public bool Unsure { get; init; }
}

/// <summary>
/// The well-known forms, as the issuers document them (and as gitleaks and GitHub's secret scanning look for them).
/// </summary>
internal static partial class SecretPatterns
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SecretPattern> All { get; } =
    [
        new(["-----BEGIN "], PrivateKey(), "a private key"),
        new(["AGE-SECRET-KEY-1"], Age(), "an age secret key"),
        new(["AKIA", "ASIA"], AwsId(), "an access key id of AWS"),
        new(["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "SecretAccessKey", "secretAccessKey"], AwsSecret(), "a secret access key of AWS"),
        new(["AIza"], Google(), "an API key of Google"),
        new(["GOCSPX-"], GoogleClient(), "a client secret of Google"),
        new(["AccountKey=", "SharedAccessKey="], Azure(), "an account key of Azure"),
        new(["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], GitHub(), "a token of GitHub"),
        new(["github_pat_"], GitHubFine(), "a token of GitHub"),
        new(["glpat-", "gldt-", "glrt-"], GitLab(), "a token of GitLab"),
        new(["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"], Slack(), "a token of Slack"),
        new(["hooks.slack.com/services/T"], SlackHook(), "a webhook of Slack"),
        new(["sk_live_", "rk_live_"], Stripe(), "a live key of Stripe"),
        new(["npm_"], Npm(), "a token of npm"),
        new(["pypi-AgEIcHlwaS5vcmc"], PyPi(), "a token of PyPI"),
        new(["sk-ant-"], Anthropic(), "an API key of Anthropic"),
        new(["sk-proj-", "sk-svcacct-", "sk-admin-"], OpenAi(), "an API key of OpenAI"),
        new(["T3BlbkFJ"], OpenAiOld(), "an API key of OpenAI"),
        new(["hf_"], HuggingFace(), "a token of Hugging Face"),
        new(["SG."], SendGrid(), "an API key of SendGrid"),
        new(["dop_v1_"], DigitalOcean(), "a token of DigitalOcean"),
        new(["shpat_", "shpss_"], Shopify(), "a token of Shopify"),
        new(["dckr_pat_"], Docker(), "a token of Docker Hub"),
        new(["hvs."], Vault(), "a token of Vault"),
        new(["eyJ"], Jwt(), "a signed token (JWT)") { Unsure = true },
    ];

    [GeneratedRegex(@"\G-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?<secret>(?:\\[nr]|[\s""'+,\\:]|[A-Za-z0-9/=,-]){0,400}?[A-Za-z0-9+/=\s\\]{100})")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\GAGE-SECRET-KEY-1(?<secret>[A-Z0-9]{58})\b")]
    private static partial Regex Age();

    [GeneratedRegex(@"(?<![A-Za-z0-9/+])\GA[KS]IA(?<secret>[A-Z2-7]{16})(?![A-Za-z0-9/+])")]
    private static partial Regex AwsId();

    [GeneratedRegex(@"\G[A-Za-z_]{15,21}[""']?\s{0,5}[:=]{1,2}>?\s{0,5}[""']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])")]
    private static partial Regex AwsSecret();

    [GeneratedRegex(@"(?<![\w-])\GAIza(?<secret>[\w-]{35})(?![\w-])")]
    private static partial Regex Google();

    [GeneratedRegex(@"\GGOCSPX-(?<secret>[\w-]{28})(?![\w-])")]
    private static partial Regex GoogleClient();

    [GeneratedRegex(@"\G(?:AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)|SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=))")]
    private static partial Regex Azure();

    [GeneratedRegex(@"(?<![\w])\Ggh[pousr]_(?<secret>[A-Za-z0-9]{36,255})(?!\w)")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"(?<!\w)\Ggithub_pat_(?<secret>[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?!\w)")]
    private static partial Regex GitHubFine();

    [GeneratedRegex(@"(?<![\w-])\Ggl(?:pat|dt|rt)-(?<secret>[\w-]{20,50})(?![\w-])")]
    private static partial Regex GitLab();

    [GeneratedRegex(@"(?<![\w-])\G(?:xox[bpars]-\d{8,14}-(?<secret>[A-Za-z0-9-]{18,})|xapp-\d-[A-Z0-9]+-\d+-(?<secret>[a-z0-9]{60,}))")]
    private static partial Regex Slack();

    [GeneratedRegex(@"\Ghooks\.slack\.com/services/T[A-Z0-9]{8,10}/B[A-Z0-9]{8,10}/(?<secret>[A-Za-z0-9]{24})")]
    private static partial Regex SlackHook();

    [GeneratedRegex(@"(?<!\w)\G[sr]k_live_(?<secret>[A-Za-z0-9]{24,120})(?!\w)")]
    private static partial Regex Stripe();

    [GeneratedRegex(@"(?<!\w)\Gnpm_(?<secret>[A-Za-z0-9]{36})(?!\w)")]
    private static partial Regex Npm();

    [GeneratedRegex(@"\Gpypi-AgEIcHlwaS5vcmc(?<secret>[\w-]{50,})")]
    private static partial Regex PyPi();

    [GeneratedRegex(@"(?<![\w-])\Gsk-ant-[a-z]+\d{2}-(?<secret>[\w-]{80,})")]
    private static partial Regex Anthropic();

    [GeneratedRegex(@"(?<![\w-])\Gsk-(?:proj|svcacct|admin)-(?<secret>[\w-]{40,})")]
    private static partial Regex OpenAi();

    [GeneratedRegex(@"(?<=(?<![\w-])sk-[A-Za-z0-9]{20})\GT3BlbkFJ(?<secret>[A-Za-z0-9]{20})(?!\w)")]
    private static partial Regex OpenAiOld();

    [GeneratedRegex(@"(?<!\w)\Ghf_(?<secret>[A-Za-z]{34})(?!\w)")]
    private static partial Regex HuggingFace();

    [GeneratedRegex(@"(?<!\w)\GSG\.(?<secret>[\w-]{22}\.[\w-]{43})(?![\w-])")]
    private static partial Regex SendGrid();

    [GeneratedRegex(@"(?<!\w)\Gdop_v1_(?<secret>[a-f0-9]{64})(?!\w)")]
    private static partial Regex DigitalOcean();

    [GeneratedRegex(@"(?<!\w)\Gshp(?:at|ss)_(?<secret>[a-fA-F0-9]{32})(?!\w)")]
    private static partial Regex Shopify();

    [GeneratedRegex(@"(?<!\w)\Gdckr_pat_(?<secret>[\w-]{27})(?![\w-])")]
    private static partial Regex Docker();

    [GeneratedRegex(@"(?<!\w)\Ghvs\.(?<secret>[\w-]{24,})(?![\w-])")]
    private static partial Regex Vault();

    [GeneratedRegex(@"(?<![\w-])\GeyJ[\w-]{10,1000}\.eyJ[\w-]{10,4000}\.(?<secret>[\w-]{20,1000})(?![\w-])")]
    private static partial Regex Jwt();
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt gc</c>: lets go of old transactions and keeps refs and packs few.</summary>
internal static class GcCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var days = new Option<int?>("--keep-days")
        {
            Description = $"Keep what is younger than <n> days ({RetentionPolicy.DaysKey})",
            HelpName = "n",
            CustomParser = Number,
        };
        var count = new Option<int?>("--keep")
        {
            Description = $"Keep the newest <n> of each worktree ({RetentionPolicy.CountKey})",
            HelpName = "n",
            CustomParser = Number,
        };
        var bytes = new Option<long?>("--max-bytes")
        {
            Description = $"Let go of the oldest where all together cost more; k, m and g multiply ({RetentionPolicy.BytesKey})",
            HelpName = "n",
            CustomParser = Bytes,
        };
        var auto = new Option<bool>("--auto") { Description = "Wait for nobody; for use in the background" };
        var dryRun = SharedArguments.DryRun();
        var command = new Command("gc", "Let go of old transactions, keep refs and packs few")
        {
            days, count, bytes, dryRun, auto,
        };
        command.SetAction(parsed => GcReport.Print(invocation.Open().CollectGarbage(new GcRequest
        {
            KeepDays = parsed.GetValue(days),
            KeepCount = parsed.GetValue(count),
            MaxBytes = parsed.GetValue(bytes),
            DryRun = parsed.GetValue(dryRun),
            Auto = parsed.GetValue(auto),
        }), invocation));
        return command;
    }

    private static int? Number(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError($"a number that is not negative is wanted, not \"{result.Tokens[0].Value}\"");
        return null;
    }

    private static long? Bytes(ArgumentResult result)
    {
        if (ConfigValue.TryNumber(result.Tokens[0].Value, out var number) && number >= 0)
        {
            return number;
        }

        result.AddError($"a number of bytes is wanted (k, m and g multiply), not \"{result.Tokens[0].Value}\"");
        return null;
    }
}

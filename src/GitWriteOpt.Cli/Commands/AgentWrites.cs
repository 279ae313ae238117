using System.CommandLine;
using GitWriteOpt.Cli.Agents;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Cli.Commands;

/// <summary>Changes of an agent's configuration, which are transactions like any other and can be undone.</summary>
internal static class AgentWrites
{
    /// <summary><c>--agent &lt;name&gt;</c>.</summary>
    internal static Option<string?> Option(string description)
    {
        string[] names = [.. AgentConfiguration.Names];
        var option = new Option<string?>("--agent") { Description = description, HelpName = string.Join('|', names) };
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => !names.Contains(t.Value)) is { Value: { } other })
            {
                result.AddError($"--agent cannot be \"{other}\", only one of {string.Join(", ", names)}");
            }
        });
        return option;
    }

    /// <summary>Applies a change, if there is one to make.</summary>
    internal static int Apply(Invocation invocation, string message, string done, string verb, Func<RepositoryLayout, Operation?> change)
    {
        var writer = invocation.Open();
        var batch = new Batch(message, change(writer.Layout) is { } operation ? [operation] : []);
        return OutcomeReport.Print(writer.Apply(batch, new ApplyOptions()), invocation, done, verb);
    }
}

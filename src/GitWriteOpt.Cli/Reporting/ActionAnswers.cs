namespace GitWriteOpt.Cli.Reporting;

/// <summary>One hook that install or uninstall looked at.</summary>
/// <param name="Hook">git's name of the hook.</param>
/// <param name="Path">The file.</param>
/// <param name="Action">installed, chained, unchanged, removed, absent or foreign.</param>
internal sealed record HookAnswer(string Hook, string Path, string Action);

/// <summary>The answer to install and uninstall.</summary>
internal sealed record InstallAnswer(string State, IReadOnlyList<HookAnswer> Hooks);

/// <summary>One step of demo.</summary>
internal sealed record DemoStep(string Title, bool Held, string Detail);

/// <summary>The answer to demo.</summary>
internal sealed record DemoAnswer(string State, string Repository, bool Kept, IReadOnlyList<DemoStep> Steps);

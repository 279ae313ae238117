using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// Decides where our hooks go: into the configuration where the git at hand runs hooks from there, else to what manages the
/// hooks of this repository (husky, lefthook), else into the directory where git looks for them.
/// </summary>
internal static class HookPlaces
{
    /// <summary>Installs every hook, or none.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="git">The version of the git at hand.</param>
    /// <exception cref="Errors.RefusedException">A hook is there that we cannot keep.</exception>
    public static IReadOnlyList<HookAnswer> Install(RepositoryLayout layout, Version git)
    {
        var directory = HooksDirectory.Of(layout);
        if (git >= ConfiguredHooks.Since)
        {
            // Both would run.
            HookFile.Carry(Files(layout, directory));
            return ConfiguredHooks.Install(layout);
        }

        return HookFile.Carry(HuskyHooks.Of(directory) is { } husky ? HuskyHooks.Installed(husky)
            : LefthookHooks.Of(layout.WorktreeRoot, directory) is { } file ? LefthookHooks.Installed(file)
            : HookInstallation.Installed(directory));
    }

    /// <summary>Takes them out wherever they are, and leaves the others as they were.</summary>
    public static IReadOnlyList<HookAnswer> Uninstall(RepositoryLayout layout)
    {
        var answers = HookFile.Carry(Files(layout, HooksDirectory.Of(layout)));
        return ConfiguredHooks.AreThere(layout) ? ConfiguredHooks.Uninstall(layout) : answers;
    }

    private static IReadOnlyList<HookStep> Files(RepositoryLayout layout, string directory) =>
        LefthookHooks.Uninstalled(layout.WorktreeRoot) is { Count: > 0 } block ? block
            : HuskyHooks.Of(directory) is { } husky ? HuskyHooks.Uninstalled(husky)
            : HookInstallation.Uninstalled(directory);
}

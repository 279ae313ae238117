namespace GitWriteOpt.Patterns;

/// <summary>Whether hooks learn behind a command's back.</summary>
internal static class BackgroundLearning
{
    /// <summary>The setting: true where it is not set.</summary>
    internal const string Key = "writeopt.learn.auto";
}

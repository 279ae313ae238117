using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>A failed file operation below the git directory, as the error that callers act on.</summary>
internal static class FileFailure
{
    /// <summary>The error for a verb ("read", "write") on an absolute path.</summary>
    public static StoreException Of(string verb, string path, Exception cause) =>
        new(new WriteError(
            cause is UnauthorizedAccessException ? ErrorCategory.Permission : ErrorCategory.System,
            cause is UnauthorizedAccessException ? "access-denied" : "io-error",
            $"could not {verb} \"{path}\": {cause.Message}")
        {
            Path = path,
            Suggestion = "check the permissions and the free space of the git directory",
        }, cause);
}

using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>The failures of refs, in one place so that both backends speak alike.</summary>
internal static class RefErrors
{
    /// <summary>A loose ref holds no object id: what a power cut leaves of one that was not synced.</summary>
    public static StoreException Damaged(string name, string file) => new(new WriteError(ErrorCategory.System,
        "damaged-ref", $"the ref {name} is damaged: \"{file}\" does not hold an object id")
    {
        Path = file,
        Suggestion = "git writeopt recover; or remove that file",
    });

    /// <summary><c>packed-refs</c> has a line that is no ref.</summary>
    public static StoreException DamagedPackedRefs(string file, long offset) => new(new WriteError(ErrorCategory.System,
        "damaged-packed-refs", $"\"{file}\" is damaged at byte {offset}: expected an object id and a ref's name")
    {
        Path = file,
        Suggestion = "git for-each-ref",
    });

    /// <summary>A lock file stayed.</summary>
    public static StoreException Locked(string file, TimeSpan waited) => new(new WriteError(ErrorCategory.Permission,
        "ref-locked", $"\"{file}\" has been there for {waited.TotalSeconds:0.#} s: another git process works on refs, or one died")
    {
        Path = file,
        Suggestion = $"if no git process is running: rm \"{file}\"",
    });

    /// <summary>It is there and must not be.</summary>
    public static StoreException Exists(string name, ObjectId? found) => new(new WriteError(ErrorCategory.Conflict,
        "ref-exists", $"the ref {name} exists already{(found is { } id ? $" and points at {id}" : "")}")
    {
        Suggestion = "run it again",
    });

    /// <summary>It does not point at what was expected.</summary>
    public static StoreException Changed(string name, ObjectId expected, ObjectId? found) => new(new WriteError(
        ErrorCategory.Conflict, "ref-changed",
        $"the ref {name} was changed meanwhile: expected {expected}, found {found?.ToString() ?? "nothing"}")
    {
        Suggestion = "git writeopt status",
    });

    /// <summary>A ref and a directory of refs would have the same name.</summary>
    public static StoreException Blocked(string name, string by) => new(new WriteError(ErrorCategory.Conflict,
        "ref-conflict", $"the ref {name} cannot be made: {by} is there")
    {
        Suggestion = $"git for-each-ref {RefNames.Root}",
    });

    /// <summary>git failed to change refs.</summary>
    public static StoreException OfGit(string words) => new(new WriteError(
        words.Contains(".lock", StringComparison.Ordinal) ? ErrorCategory.Permission : ErrorCategory.Conflict,
        words.Contains(".lock", StringComparison.Ordinal) ? "ref-locked"
        : words.Contains("already exists", StringComparison.Ordinal) ? "ref-exists"
        : words.Contains("but expected", StringComparison.Ordinal)
            || words.Contains("unable to resolve", StringComparison.Ordinal) ? "ref-changed"
        : "git-failed",
        $"git could not change refs: {words}")
    {
        Suggestion = "git writeopt status",
    });
}

namespace GitWriteOpt.Errors;

/// <summary>
/// A failure with a <see cref="WriteError"/>. Thrown inside the library; <c>Writer</c> turns refusals into outcomes,
/// and the command line turns all of them into text, JSON and exit codes in one place.
/// </summary>
public abstract class WriteException(WriteError error, Exception? cause = null) : Exception(error.Message, cause)
{
    /// <summary>What, where, and the next step.</summary>
    public WriteError Error { get; } = error;
}

/// <summary>The input or the situation cannot be used at all: exit code 2, nothing was changed.</summary>
public sealed class UsageException(WriteError error, Exception? cause = null) : WriteException(error, cause);

/// <summary>The batch is understood and refused: exit code 1, nothing was changed.</summary>
public sealed class RefusedException(WriteError error, Exception? cause = null) : WriteException(error, cause)
{
    /// <summary>All refusals that were found together; the first one is <see cref="WriteException.Error"/>.</summary>
    public IReadOnlyList<WriteError> All { get; init; } = [error];
}

/// <summary>The machine failed: disk, file system, lock or git. The caller decides whether anything has to be undone.</summary>
public sealed class StoreException(WriteError error, Exception? cause = null) : WriteException(error, cause);

using System.Globalization;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>
/// What doctor took away, a line each in <c>writeopt/doctor.log</c> of the common directory, written before it is done: a
/// backup may bring the object back, and then its ref can be made again.
/// </summary>
internal static class DoctorLog
{
    /// <summary>Adds a line, durably.</summary>
    /// <exception cref="Errors.StoreException">It cannot be written; then nothing is taken away.</exception>
    internal static void Append(TransactionContext context, string line)
    {
        var path = context.Layout.CommonDirectory + "/writeopt/doctor.log";
        try
        {
            File.AppendAllText(path, $"{context.Time.GetUtcNow().ToString("u", CultureInfo.InvariantCulture)} {line}\n");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", path);
        }

        Sync.File(path);
    }
}

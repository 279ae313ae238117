using System.Diagnostics;

namespace GitWriteOpt.Cli.Demonstration;

/// <summary>
/// Kills a child while its transaction is under way, for real: it is killed when its journal is there and its first file
/// has been swapped in. Where it was too quick, its batch is undone and a larger one tried.
/// </summary>
internal sealed class Interruption(ScratchRepository scratch, string batch)
{
    private const int Tries = 7;
    private const int FirstSize = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>One sentence on how it went; null where no kill landed in between.</summary>
    public string? Run()
    {
        for (var (attempt, size) = (1, FirstSize); attempt <= Tries; attempt++, size *= 2)
        {
            DemoBatch.WriteBig(batch, size);
            // Odd tries wait for the first swapped file, even ones are content with the journal.
            if (Kill(waitForSwap: attempt % 2 == 1) && scratch.IsPending())
            {
                return $"killed: {DemoBatch.CountWritten(scratch)} of {size} files had been written";
            }

            if (!scratch.IsPending() && DemoBatch.CountWritten(scratch) > 0)
            {
                scratch.Writeopt("undo");
            }
        }

        return null;
    }

    private bool Kill(bool waitForSwap)
    {
        using var child = scratch.Start("apply", "--quiet", batch);
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEndAsync();
        var started = Stopwatch.GetTimestamp();
        while (!child.HasExited && Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (scratch.IsPending() && (!waitForSwap || DemoBatch.HasBegun(scratch)))
            {
                break;
            }

            Thread.Yield();
        }

        child.Kill();
        child.WaitForExit();
        Task.WaitAll(errors, output);
        return child.ExitCode != 0;
    }
}

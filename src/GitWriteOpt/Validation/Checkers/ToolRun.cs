using CliWrap;
using CliWrap.Exceptions;
using GitWriteOpt.Metrics;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>What a checker's program answered.</summary>
/// <param name="ExitCode">0 mostly where it found nothing.</param>
/// <param name="Output">The beginning of its standard output.</param>
/// <param name="ErrorText">The beginning of its standard error.</param>
internal sealed record ToolAnswer(int ExitCode, string Output, string ErrorText)
{
    /// <summary>All lines, errors first.</summary>
    public IEnumerable<string> Lines() => ErrorText.Split('\n').Concat(Output.Split('\n')).Select(l => l.TrimEnd('\r'));
}

/// <summary>
/// Runs a checker's program: absolute, no shell, an environment of a few variables that we choose, an empty working
/// directory, a bounded answer, a time limit after which all that it started is killed.
/// </summary>
internal static class ToolRun
{
    private const int LongestAnswer = 64 << 10;
    private const long Flood = 16 << 20;

    /// <summary>Runs it.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="environment">All of its environment.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Null where it did not end in time, flooded us, or could not be started; the flag tells whether it was stopped.</returns>
    public static (ToolAnswer? Answer, bool Stopped) Try(string program, IReadOnlyList<string> arguments, string directory,
        IReadOnlyDictionary<string, string?> environment, ReadOnlyMemory<byte> input, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var output = new Beginning(LongestAnswer, Flood, deadline.Cancel);
        using var errors = new Beginning(LongestAnswer, Flood, deadline.Cancel);
        var command = CliWrap.Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(directory)
            .WithEnvironmentVariables(environment)
            .WithStandardInputPipe(PipeSource.FromBytes(input))
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStream(errors))
            .WithValidation(CommandResultValidation.None);
        var (child, exitCode) = (EventTrace.Current?.Child("checker", [program, .. arguments]), -1);
        try
        {
            // On cancellation CliWrap kills the process and all that it started.
            var result = command.ExecuteAsync(deadline.Token).GetAwaiter().GetResult();
            exitCode = result.ExitCode;
            return (new ToolAnswer(result.ExitCode, output.Text, errors.Text), false);
        }
        catch (OperationCanceledException)
        {
            return (null, true);
        }
        catch (Exception cause) when (cause is CliWrapException or System.ComponentModel.Win32Exception or IOException)
        {
            return (null, false); // like a program that is not installed: a checker that cannot say says nothing
        }
        finally
        {
            child?.Exited(exitCode);
        }
    }

    /// <summary>Keeps the beginning of what a child writes; calls out where it writes without end.</summary>
    private sealed class Beginning(int most, long flood, Action flooded) : WriteOnlyStream
    {
        private readonly MemoryStream _kept = new();
        private long _seen;

        /// <summary>What was kept.</summary>
        public string Text => System.Text.Encoding.UTF8.GetString(_kept.GetBuffer().AsSpan(0, (int)_kept.Length));

        /// <inheritdoc/>
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _seen += buffer.Length;
            _kept.Write(buffer[..(int)Math.Min(buffer.Length, most - _kept.Length)]);
            if (_seen > flood)
            {
                flooded();
            }
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            _kept.Dispose();
            base.Dispose(disposing);
        }
    }
}

using System.Diagnostics;
using GitWriteOpt.Metrics;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A running git child whose output is read as it comes. Read <see cref="Output"/> to its end, then <see cref="End"/>;
/// whoever stops earlier disposes of it, which ends the child.
/// </summary>
internal sealed class GitStream : IDisposable
{
    private readonly Process _git;
    private readonly Task<string> _errors;
    private readonly TracedChild? _child;

    /// <summary>A child that was started with its output, input and errors redirected.</summary>
    internal GitStream(Process git, ReadOnlySpan<byte> input, TracedChild? child = null)
    {
        _git = git;
        _child = child;
        _errors = git.StandardError.ReadToEndAsync();
        try
        {
            git.StandardInput.BaseStream.Write(input);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without wanting its input; its exit code says why.
        }
    }

    /// <summary>Its standard output.</summary>
    internal Stream Output => _git.StandardOutput.BaseStream;

    /// <summary>Waits for its end; null where it succeeded, else its words on one line.</summary>
    internal string? End()
    {
        _git.WaitForExit();
        var words = _errors.GetAwaiter().GetResult().ReplaceLineEndings(" ").Trim();
        return _git.ExitCode == 0 ? null : words.Length > 0 ? words : $"exit code {_git.ExitCode}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_git.HasExited)
        {
            _git.Kill(entireProcessTree: true);
            _git.WaitForExit();
        }

        _child?.Exited(_git.ExitCode);
        _git.Dispose();
    }
}

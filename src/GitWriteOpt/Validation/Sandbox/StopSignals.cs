using System.Runtime.InteropServices;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>
/// While it lives, what would end us ends the command instead, with all that it started: we stay to say so, and nothing
/// is written.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _stop;

    /// <summary>Begins to listen.</summary>
    /// <param name="stop">Called from another thread, perhaps more than once.</param>
    public StopSignals(Action stop)
    {
        _stop = stop;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        }
    }

    /// <summary>Whether one came.</summary>
    public bool Seen { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Seen = true;
        _stop();
    }
}

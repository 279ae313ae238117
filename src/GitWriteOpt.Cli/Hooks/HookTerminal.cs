using System.Text;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// The terminal of whoever runs git: a hook's standard input is not it. Only where standard error is a terminal too does
/// somebody look: an agent or an editor that collects what git says has nobody to ask.
/// </summary>
internal sealed class HookTerminal : IDisposable
{
    private readonly FileStream _terminal;
    private readonly StreamReader _lines;

    private HookTerminal(FileStream terminal)
    {
        _terminal = terminal;
        _lines = new StreamReader(terminal, Encoding.UTF8, false, 1, leaveOpen: true);
    }

    /// <summary>Opens it; null where there is none.</summary>
    public static HookTerminal? Open()
    {
        if (OperatingSystem.IsWindows() || Console.IsErrorRedirected)
        {
            return null;
        }

        try
        {
            return new HookTerminal(new FileStream("/dev/tty", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null; // no terminal controls this process
        }
    }

    /// <summary>Asks; null where the input has ended.</summary>
    public string? Ask(string question)
    {
        _terminal.Write(Encoding.UTF8.GetBytes(question));
        return _lines.ReadLine();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        _terminal.Dispose();
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Exceptions;
using GitWriteOpt.Metrics;

namespace GitWriteOpt.Validation.Rules.Parsed;

/// <summary>An error that the parsers' program found.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based, in bytes.</param>
/// <param name="Message">The parser's words.</param>
/// <param name="IsWarning">The file can be read all the same.</param>
internal readonly record struct ParsedError(int Line, int Column, string Message, bool IsWarning);

/// <summary>
/// The large parsers, in the program <c>git-writeopt-syntax</c> that lies beside ours and nowhere else: no repository can
/// put another in its place (I10). Where it is missing, fails or takes too long, nothing is known of the files.
/// </summary>
internal sealed class SyntaxProgram(string program, IReadOnlyList<string> arguments, TimeSpan timeLimit)
{
    /// <summary>The one that was installed with us, or null.</summary>
    public static SyntaxProgram? Find() => FindIn(AppContext.BaseDirectory);

    /// <summary>
    /// The one in a directory, or null. A .NET tool's package is the same for every system, so that its programs are
    /// assemblies: the runtime that runs us runs it too.
    /// </summary>
    internal static SyntaxProgram? FindIn(string directory)
    {
        var timeLimit = TimeSpan.FromSeconds(20);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var program = Path.Combine(directory, "git-writeopt-syntax");
        if (File.Exists(program + suffix))
        {
            return new SyntaxProgram(program + suffix, [], timeLimit);
        }

        if (!RuntimeFeature.IsDynamicCodeSupported || !File.Exists(program + ".dll"))
        {
            return null;
        }

        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>; what starts programs, in <root>.
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet" + suffix));
        return File.Exists(host) ? new SyntaxProgram(host, [program + ".dll"], timeLimit) : null;
    }

    /// <summary>Parses files, all in one process; for each what is wrong with it, or null where that is not known.</summary>
    public IReadOnlyList<ParsedError>?[] Parse(IReadOnlyList<(string Kind, ReadOnlyMemory<byte> Bytes)> files)
    {
        var results = new IReadOnlyList<ParsedError>?[files.Count];
        using var input = new MemoryStream();
        foreach (var (kind, bytes) in files)
        {
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} {kind}\n")));
            input.Write(bytes.Span);
        }

        using var output = new MemoryStream();
        using var deadline = new CancellationTokenSource(timeLimit);
        input.Position = 0;
        var (child, exitCode) = (EventTrace.Current?.Child("checker", [program, .. arguments]), -1);
        try
        {
            exitCode = CliWrap.Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(AppContext.BaseDirectory)
                .WithStandardInputPipe(PipeSource.FromStream(input)).WithStandardOutputPipe(PipeTarget.ToStream(output))
                .WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null)).WithValidation(CommandResultValidation.None)
                .ExecuteAsync(deadline.Token).GetAwaiter().GetResult().ExitCode;
        }
        catch (Exception cause) when (cause is OperationCanceledException or CliWrapException or IOException
            or System.ComponentModel.Win32Exception)
        {
            // What it said until then holds: each file's answer ends with a line of its own.
        }
        finally
        {
            child?.Exited(exitCode);
        }

        Read(output.GetBuffer().AsMemory(0, (int)output.Length), results);
        return results;
    }

    private static void Read(ReadOnlyMemory<byte> output, IReadOnlyList<ParsedError>?[] results)
    {
        var errors = new List<ParsedError>();
        while (output.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            using var document = JsonDocument.Parse(output[..end]);
            var line = document.RootElement;
            output = output[(end + 1)..];
            if (line.TryGetProperty("done", out var done))
            {
                results[done.GetInt32()] = errors;
                errors = [];
            }
            else
            {
                errors.Add(new ParsedError(line.GetProperty("line").GetInt32(), line.GetProperty("column").GetInt32(),
                    line.GetProperty("message").GetString()!, line.GetProperty("warning").GetBoolean()));
            }
        }
    }
}

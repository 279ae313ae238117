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

/// <summary>What the parsers' program said of a file.</summary>
/// <param name="Errors">What is wrong with it.</param>
/// <param name="TooMuch">It was given up: parsing it took too long, or killed the parser, and would again.</param>
internal sealed record ParsedFile(IReadOnlyList<ParsedError> Errors, bool TooMuch = false);

/// <summary>
/// The large parsers, in the program <c>git-writeopt-syntax</c> that lies beside ours and nowhere else: no repository can
/// put another in its place (I10). Where it is missing, fails or takes too long, nothing is known of the files.
/// </summary>
internal sealed class SyntaxProgram(string program, IReadOnlyList<string> arguments)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MoreForEach = TimeSpan.FromMilliseconds(40);
    private const int MostDeaths = 3;
    private const int BadInput = 2;

    /// <summary>The one that was installed with us, or null.</summary>
    public static SyntaxProgram? Find() => FindIn(AppContext.BaseDirectory);

    /// <summary>
    /// The one in a directory, or null. A .NET tool's package is the same for every system, so that its programs are
    /// assemblies: the runtime that runs us runs it too.
    /// </summary>
    internal static SyntaxProgram? FindIn(string directory)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var program = Path.Combine(directory, "git-writeopt-syntax");
        if (File.Exists(program + suffix))
        {
            return new SyntaxProgram(program + suffix, []);
        }

        if (!RuntimeFeature.IsDynamicCodeSupported || !File.Exists(program + ".dll"))
        {
            return null;
        }

        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>; what starts programs, in <root>.
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet" + suffix));
        return File.Exists(host) ? new SyntaxProgram(host, [program + ".dll"]) : null;
    }

    /// <summary>
    /// Parses files, all in one process; for each what is wrong with it, or null where that is not known. A file that kills
    /// the process (a parser that recurses until its stack is full) costs the others nothing: they go to another one.
    /// </summary>
    public ParsedFile?[] Parse(IReadOnlyList<(string Kind, ReadOnlyMemory<byte> Bytes)> files)
    {
        var results = new ParsedFile?[files.Count];
        using var deadline = new CancellationTokenSource(Limit + (MoreForEach * files.Count));
        for (var (deaths, from) = (0, 0); deaths < MostDeaths && from < files.Count; deaths++)
        {
            var (died, next) = Ask(files, from, results, deadline.Token);
            if (!died || next == files.Count)
            {
                break;
            }

            results[next] = new ParsedFile([], TooMuch: true);
            from = next + 1;
        }

        return results;
    }

    // Whether the process died, and the first file that it did not come to.
    private (bool Died, int Next) Ask(IReadOnlyList<(string Kind, ReadOnlyMemory<byte> Bytes)> files, int from, ParsedFile?[] results,
        CancellationToken deadline)
    {
        using var input = new MemoryStream();
        for (var i = from; i < files.Count; i++)
        {
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{files[i].Bytes.Length} {files[i].Kind}\n")));
            input.Write(files[i].Bytes.Span);
        }

        using var output = new MemoryStream();
        input.Position = 0;
        var (child, exitCode, died) = (EventTrace.Current?.Child("checker", [program, .. arguments]), -1, false);
        try
        {
            exitCode = CliWrap.Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(AppContext.BaseDirectory)
                .WithStandardInputPipe(PipeSource.FromStream(input)).WithStandardOutputPipe(PipeTarget.ToStream(output))
                .WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null)).WithValidation(CommandResultValidation.None)
                .ExecuteAsync(deadline).GetAwaiter().GetResult().ExitCode;
            died = exitCode is not (0 or BadInput);
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

        return (died, Read(output.GetBuffer().AsMemory(0, (int)output.Length), from, results));
    }

    // The first file of which nothing is said.
    private static int Read(ReadOnlyMemory<byte> output, int from, ParsedFile?[] results)
    {
        var errors = new List<ParsedError>();
        var next = from;
        while (output.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            using var document = JsonDocument.Parse(output[..end]);
            var line = document.RootElement;
            output = output[(end + 1)..];
            if (line.TryGetProperty("done", out var done))
            {
                next = from + done.GetInt32() + 1;
                results[next - 1] = new ParsedFile(errors);
                errors = [];
            }
            else if (line.TryGetProperty("late", out var late))
            {
                next = from + late.GetInt32() + 1;
                results[next - 1] = new ParsedFile([], TooMuch: true);
            }
            else if (line.TryGetProperty("failed", out var failed))
            {
                next = from + failed.GetInt32() + 1;
            }
            else
            {
                errors.Add(new ParsedError(line.GetProperty("line").GetInt32(), line.GetProperty("column").GetInt32(),
                    line.GetProperty("message").GetString()!, line.GetProperty("warning").GetBoolean()));
            }
        }

        return next;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Exceptions;

namespace GitWriteOpt.Validation.Rules.CSharp;

/// <summary>
/// Roslyn, in the program <c>git-writeopt-csharp</c> that lies beside ours, and nowhere else: no repository can put
/// another in its place. Where it is missing, fails or takes too long, nothing is known of the files.
/// </summary>
internal sealed class CSharpParser(string program, TimeSpan timeLimit)
{
    /// <summary>The one that was installed with us, or null.</summary>
    public static CSharpParser? Find()
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "git-writeopt-csharp.exe" : "git-writeopt-csharp");
        return File.Exists(program) ? new CSharpParser(program, TimeSpan.FromSeconds(20)) : null;
    }

    /// <summary>Parses files; for each what is wrong with it, or null where that is not known.</summary>
    public IReadOnlyList<CSharpError>?[] Parse(IReadOnlyList<(bool Script, ReadOnlyMemory<byte> Bytes)> files)
    {
        var results = new IReadOnlyList<CSharpError>?[files.Count];
        using var input = new MemoryStream();
        foreach (var (script, bytes) in files)
        {
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} {(script ? "csx" : "cs")}\n")));
            input.Write(bytes.Span);
        }

        using var output = new MemoryStream();
        using var deadline = new CancellationTokenSource(timeLimit);
        input.Position = 0;
        try
        {
            CliWrap.Cli.Wrap(program).WithWorkingDirectory(AppContext.BaseDirectory)
                .WithStandardInputPipe(PipeSource.FromStream(input)).WithStandardOutputPipe(PipeTarget.ToStream(output))
                .WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null)).WithValidation(CommandResultValidation.None)
                .ExecuteAsync(deadline.Token).GetAwaiter().GetResult();
        }
        catch (Exception cause) when (cause is OperationCanceledException or CliWrapException or IOException
            or System.ComponentModel.Win32Exception)
        {
            // What it said until then holds: each file's answer ends with a line of its own.
        }

        Read(output.GetBuffer().AsMemory(0, (int)output.Length), results);
        return results;
    }

    private static void Read(ReadOnlyMemory<byte> output, IReadOnlyList<CSharpError>?[] results)
    {
        var errors = new List<CSharpError>();
        while (output.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            using var line = JsonDocument.Parse(output[..end]);
            output = output[(end + 1)..];
            if (line.RootElement.TryGetProperty("done", out var done))
            {
                results[done.GetInt32()] = errors;
                errors = [];
            }
            else
            {
                errors.Add(new CSharpError(line.RootElement.GetProperty("line").GetInt32(),
                    line.RootElement.GetProperty("column").GetInt32(), line.RootElement.GetProperty("message").GetString()!));
            }
        }
    }
}

/// <summary>An error of syntax in C#.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based, in bytes.</param>
/// <param name="Message">The compiler's number and words.</param>
internal readonly record struct CSharpError(int Line, int Column, string Message);

using System.Text;
using GitWriteOpt.Dependencies;

namespace GitWriteOpt.Tests.Dependencies;

/// <summary>Shorthand for tests of scanners and resolution: files as a dictionary, references as text.</summary>
internal static class Scan
{
    /// <summary>What a file refers to, optional ones with a question mark, joined by blanks.</summary>
    public static string Of(string path, string text) =>
        string.Join(' ', Language.ScanAny(path, Encoding.UTF8.GetBytes(text)).Uses.Select(u => u.Target + (u.Optional ? "?" : "")));

    /// <summary>A view of these files.</summary>
    public static FileView View(params (string Path, string Text)[] files) =>
        FileView.Of(files.ToDictionary(f => f.Path, f => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Text)));

    /// <summary>
    /// What the references of the first file mean, joined by blanks: a file's path, <c>!path</c> for one that is missing,
    /// <c>@name</c> for a package, <c>-</c> where nothing is known.
    /// </summary>
    public static string Resolved(params (string Path, string Text)[] files)
    {
        var view = View(files);
        var (path, text) = files[0];
        return string.Join(' ', Language.ScanAny(path, Encoding.UTF8.GetBytes(text)).Uses.Select(use => Language.Of(path)!.Resolve(path, use, view) switch
        {
            Resolution.Found found => string.Join('+', found.Files),
            Resolution.Missing missing => "!" + missing.Expected,
            Resolution.Package package => "@" + package.Name,
            _ => "-",
        }));
    }
}

using System.Text;

namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>pyproject.toml and requirements files of the nearest folder that has any.</summary>
internal static class PythonManifest
{
    // Where the module is not called as its distribution is.
    private static readonly Dictionary<string, string[]> Other = new(StringComparer.Ordinal)
    {
        ["yaml"] = ["pyyaml", "ruamel-yaml"],
        ["PIL"] = ["pillow"],
        ["cv2"] = ["opencv-python", "opencv-python-headless", "opencv-contrib-python"],
        ["bs4"] = ["beautifulsoup4"],
        ["sklearn"] = ["scikit-learn"],
        ["skimage"] = ["scikit-image"],
        ["dateutil"] = ["python-dateutil"],
        ["dotenv"] = ["python-dotenv"],
        ["attr"] = ["attrs"],
        ["jwt"] = ["pyjwt"],
        ["OpenSSL"] = ["pyopenssl"],
        ["Crypto"] = ["pycryptodome", "pycrypto"],
        ["git"] = ["gitpython"],
        ["serial"] = ["pyserial"],
        ["usb"] = ["pyusb"],
        ["magic"] = ["python-magic"],
        ["MySQLdb"] = ["mysqlclient"],
        ["psycopg2"] = ["psycopg2-binary"],
        ["pkg_resources"] = ["setuptools"],
        ["_pytest"] = ["pytest"],
    };

    private static readonly string[] ListNames = ["requirements.txt", "requirements-dev.txt", "dev-requirements.txt"];

    /// <summary>The packages for files of a folder; null where nothing names any.</summary>
    public static Manifest? For(string folder, FileView view)
    {
        foreach (var above in RelativePaths.Upward(folder))
        {
            var prefix = above.Length == 0 ? "" : above + "/";
            var project = prefix + "pyproject.toml";
            string[] lists = [.. ListNames.Select(n => prefix + n).Where(view.Exists)];
            if (view.Exists(project) || lists.Length > 0)
            {
                var names = new HashSet<string>(lists.SelectMany(list => Lines(view.Read(list))), StringComparer.Ordinal);
                var toml = TomlText.Of(view.Read(project));
                names.UnionWith(Declared(toml).Select(Distribution));
                var loose = view.Exists(prefix + "setup.py") || view.Exists(prefix + "setup.cfg") || toml.List("project", "dynamic").Contains("dependencies");
                return new Manifest(view.Exists(project) ? project : lists[0], names, !loose && names.Count > 0);
            }
        }

        return null;
    }

    /// <summary>The distributions that may bring a module.</summary>
    public static IEnumerable<string> DistributionsOf(string module) =>
        (Other.TryGetValue(module, out var names) ? names : []).Append(Distribution(module)).Append("types-" + Distribution(module));

    /// <summary>The part of a pyproject.toml that its lock file follows.</summary>
    public static string Locked(ReadOnlyMemory<byte>? bytes) =>
        string.Join('\n', Declared(TomlText.Of(bytes), withVersions: true).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Declared(TomlText toml, bool withVersions = false)
    {
        var lists = toml.List("project", "dependencies").Concat(toml.List("build-system", "requires"))
            .Concat(toml.In("project.optional-dependencies").Concat(toml.In("dependency-groups")).SelectMany(e => TomlText.Strings(e.Value)));
        var tables = toml.Tables.Where(t => t.StartsWith("tool.poetry.", StringComparison.Ordinal) && t.EndsWith("dependencies", StringComparison.Ordinal));
        return lists.Concat(tables.SelectMany(toml.In).Where(e => e.Key != "python").Select(e => withVersions ? $"{e.Key} {e.Value}" : e.Key));
    }

    private static IEnumerable<string> Lines(ReadOnlyMemory<byte>? bytes) =>
        Encoding.UTF8.GetString((bytes ?? default).Span).Split('\n').Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0 && line[0] != '-').Select(Distribution);

    // name[extra]>=1 ; marker, as PEP 503 compares names.
    private static string Distribution(string requirement)
    {
        var end = requirement.AsSpan().IndexOfAnyExcept(NameCharacters);
        return (end < 0 ? requirement : requirement[..end]).ToLowerInvariant().Replace('_', '-').Replace('.', '-');
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
}

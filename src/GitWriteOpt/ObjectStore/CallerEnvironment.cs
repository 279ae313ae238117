using System.Collections;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The environment variables of whoever called us: read once, then passed on, so that a server can serve callers with
/// different ones and nothing below discovery looks at the process's own.
/// </summary>
public sealed class CallerEnvironment
{
    private readonly Dictionary<string, string> _variables;

    /// <summary>An environment of these variables and no others.</summary>
    public CallerEnvironment(IEnumerable<KeyValuePair<string, string>> variables) =>
        _variables = new(variables, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>That of this process, as it is now.</summary>
    public static CallerEnvironment OfProcess() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>The value of a variable, or null where it is not set.</summary>
    public string? this[string name] => _variables.GetValueOrDefault(name);

    /// <summary>The names of all variables.</summary>
    public IReadOnlyCollection<string> Names => _variables.Keys;

    /// <summary>This environment with further or other variables; a null value takes one away.</summary>
    public CallerEnvironment With(params IEnumerable<(string Name, string? Value)> changes)
    {
        var changed = new CallerEnvironment(_variables);
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                changed._variables.Remove(name);
            }
            else
            {
                changed._variables[name] = value;
            }
        }

        return changed;
    }

    /// <summary>The first of these names that is set, or null.</summary>
    public string? FirstSet(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_variables.ContainsKey(name))
            {
                return name;
            }
        }

        return null;
    }
}

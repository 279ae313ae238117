namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// Where modules are: <c>mod a;</c> of a crate's root or a <c>mod.rs</c> in <c>a.rs</c> or <c>a/mod.rs</c> beside it, of
/// any other file in the folder of its own name. A path of <c>use</c> is followed as far as its modules are files.
/// </summary>
internal static class RustResolution
{
    /// <summary>Resolves a reference.</summary>
    public static Resolution Of(string file, Reference reference, FileView view)
    {
        var folder = RelativePaths.Folder(file);
        switch (reference.Form)
        {
            case ReferenceForm.Path:
                return Resolution.First(view, [RelativePaths.Join(folder, reference.Target), RelativePaths.Join(Home(file, view), reference.Target)]);
            case ReferenceForm.Module:
                var at = RelativePaths.Join(Home(file, view), reference.Target) ?? "";
                var beside = RelativePaths.Join(folder, reference.Target) ?? "";
                return Resolution.First(view, [at + ".rs", at + "/mod.rs"]) switch
                {
                    Resolution.Missing missing => Resolution.First(view, [beside + ".rs", beside + "/mod.rs"]) is Resolution.Found other
                        ? other : missing,
                    var found => found,
                };
            default:
                return Use(file, reference.Target.Split("::"), view);
        }
    }

    // The folder in which the modules of a file's own are.
    private static string Home(string file, FileView view)
    {
        var folder = RelativePaths.Folder(file);
        var name = RelativePaths.Name(file);
        var parent = RelativePaths.Name(folder);
        return name is "mod.rs" or "lib.rs" or "main.rs" or "build.rs" || parent is "bin" or "tests" or "examples" or "benches"
            && view.Exists((RelativePaths.Join(folder, parent == "bin" ? "../.." : "..") ?? "") is { Length: > 0 } above ? above + "/Cargo.toml" : "Cargo.toml")
            ? folder : RelativePaths.Join(folder, RelativePaths.Stem(file)) ?? folder;
    }

    private static Resolution Use(string file, string[] parts, FileView view)
    {
        var home = Home(file, view);
        var crate = RustCrates.Of(RelativePaths.Folder(file), view);
        switch (parts[0])
        {
            case "crate":
                return crate is null ? Resolution.NotKnown : Follow(crate.Folder, parts, 1, crate.Root, view);
            case "self":
                return Follow(home, parts, 1, null, view);
            case "super":
                var ups = parts.TakeWhile(p => p == "super").Count();
                var above = RelativePaths.Join(home, string.Concat(Enumerable.Repeat("../", ups)));
                return above is null ? Resolution.NotKnown : Follow(above, parts, ups, ModuleOf(above, view), view);
            case "std" or "core" or "alloc" or "proc_macro" or "test" or "":
                return Resolution.NotKnown;
            default:
                if (Follow(home, parts, 0, null, view) is Resolution.Found local)
                {
                    return local;
                }

                return RustCrates.Named(parts[0], view) is { } other ? Follow(other.Folder, parts, 1, other.Root, view)
                    : parts.Length > 1 && char.IsAsciiLetterLower(parts[0][0]) ? new Resolution.Package(parts[0]) : Resolution.NotKnown;
        }
    }

    private static string? ModuleOf(string folder, FileView view) =>
        new[] { folder + ".rs", folder + "/mod.rs", folder + "/lib.rs", folder + "/main.rs" }.FirstOrDefault(view.Exists);

    private static Resolution Follow(string folder, string[] parts, int from, string? deepest, FileView view)
    {
        for (var i = from; i < parts.Length; i++)
        {
            folder = folder.Length == 0 ? parts[i] : folder + "/" + parts[i];
            if (new[] { folder + ".rs", folder + "/mod.rs" }.FirstOrDefault(view.Exists) is not { } module)
            {
                break;
            }

            deepest = module;
        }

        return deepest is null ? Resolution.NotKnown : new Resolution.Found([deepest]);
    }
}

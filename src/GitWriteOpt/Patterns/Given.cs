namespace GitWriteOpt.Patterns;

/// <summary>A changed file that a question names.</summary>
/// <param name="File">Its number, or -1 where the history does not know it: most likely it is new.</param>
/// <param name="Shape">What its path tells.</param>
/// <param name="Directory">The number of its directory, or -1.</param>
/// <param name="Stem">The number of its stem, or -1.</param>
/// <param name="Affix">The number of its affix, or -1.</param>
internal readonly record struct Given(int File, PathShape Shape, int Directory, int Stem, int Affix)
{
    /// <summary>Of a path.</summary>
    internal static Given Of(string path, FileTable files)
    {
        var file = files.Find(path);
        if (file >= 0)
        {
            return new Given(file, files[file].Shape, files[file].Directory, files[file].Stem, files[file].Affix);
        }

        var shape = PathShape.Of(path);
        return new Given(-1, shape, files.FindDirectory(shape.Directory), files.FindStem(shape.Stem),
            files.FindAffix(shape.Affix));
    }
}

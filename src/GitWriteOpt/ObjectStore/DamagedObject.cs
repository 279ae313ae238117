using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>The failures of reading objects, worded once.</summary>
internal static class DamagedObject
{
    /// <summary>An object is there and not what its id says.</summary>
    public static StoreException Error(ObjectId id, string how, Exception? cause = null) =>
        new(new WriteError(ErrorCategory.System, "damaged-object", $"the object {id} is damaged: {how}")
        {
            Path = LoosePath(id),
            Suggestion = "run git fsck --full; a clone or a backup may have a good copy of the object",
        }, cause);

    /// <summary>An object that is needed is not there.</summary>
    public static StoreException Missing(ObjectId id) =>
        new(new WriteError(ErrorCategory.Dependency, "missing-object", $"the object {id} is not in the repository")
        {
            Path = LoosePath(id),
            Suggestion = "run git fsck --full; in a partial clone fetch the object first",
        });

    // Where git would keep it by itself, below the git directory.
    private static string LoosePath(ObjectId id) => $"objects/{id.ToString()[..2]}/{id.ToString()[2..]}";
}

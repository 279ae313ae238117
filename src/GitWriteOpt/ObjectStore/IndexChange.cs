using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>An entry as it shall be in a new index.</summary>
/// <param name="Path">The path.</param>
/// <param name="Mode">git's mode; 0 to remove it.</param>
/// <param name="Id">The blob; null to remove it.</param>
/// <param name="Flags">The user's bits that it shall have.</param>
internal sealed record IndexChange(RepoPath Path, int Mode, ObjectId? Id, IndexFlags Flags);

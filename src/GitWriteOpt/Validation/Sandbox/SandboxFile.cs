using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>A path that the sandbox shall hold.</summary>
/// <param name="Path">The path.</param>
/// <param name="Mode">git's mode: a file, an executable file or a link.</param>
/// <param name="Id">The blob id of its raw bytes.</param>
/// <param name="Content">The batch's content, or a link's target; null for a file that is copied from the worktree.</param>
internal sealed record SandboxFile(RepoPath Path, int Mode, ObjectId Id, Content? Content);

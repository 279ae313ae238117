using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>What git would record of a path: a mode and bytes.</summary>
/// <param name="Mode">0100644, 0100755, or 0120000 with the link's target as content.</param>
/// <param name="Content">The raw bytes.</param>
public sealed record BlobState(int Mode, Content Content);

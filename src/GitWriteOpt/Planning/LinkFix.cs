using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>The links of one document that a batch's moves break, and the operation that mends them.</summary>
/// <param name="Path">The document, where the batch leaves it.</param>
/// <param name="Links">How many links and mentions.</param>
/// <param name="Operation">Ready to be added at the end of the batch: an edit, or where its replacements would catch one
/// another a write of the whole text.</param>
public sealed record LinkFix(RepoPath Path, int Links, Operation Operation);

namespace GitWriteOpt.Transactions;

/// <summary>The keys of the trailers of our commits (CONTRACT "Refs"): what the trees cannot say.</summary>
internal static class TransactionTrailers
{
    internal const string Id = "Writeopt-Id";
    internal const string Kind = "Writeopt-Kind";
    internal const string Head = "Writeopt-Head";
    internal const string Worktree = "Writeopt-Worktree";
    internal const string Session = "Writeopt-Session";
    internal const string Step = "Writeopt-Step";
    internal const string Format = "Writeopt-Format";

    /// <summary><c>&lt;digest&gt; &lt;quoted id&gt;</c>: the id that a client gave the batch, and what the batch was.</summary>
    internal const string Request = "Writeopt-Request";

    internal const string Files = "Writeopt-Files";
    internal const string Added = "Writeopt-Added";
    internal const string Modified = "Writeopt-Modified";
    internal const string Deleted = "Writeopt-Deleted";

    /// <summary>A transaction that this one undid (a rollback) or did again (a redo of that rollback).</summary>
    internal const string Undoes = "Writeopt-Undoes";

    /// <summary>A transaction whose writes are among those of this one, which was seen around it.</summary>
    internal const string Includes = "Writeopt-Includes";

    /// <summary>The checkpoint that a session was brought back to.</summary>
    internal const string BackTo = "Writeopt-Back-To";

    /// <summary><c>&lt;octal&gt; &lt;quoted path&gt;</c>: bits that git cannot hold; 040000 and more for directories.</summary>
    internal const string Mode = "Writeopt-Mode";

    /// <summary>A directory that the transaction made.</summary>
    internal const string Made = "Writeopt-Directory";

    /// <summary>The old path of a move; the next trailer is the new one.</summary>
    internal const string RenamedFrom = "Writeopt-Renamed-From";

    /// <summary>The new path of a move.</summary>
    internal const string RenamedTo = "Writeopt-Renamed-To";

    /// <summary><c>&lt;old mode&gt; &lt;old id&gt; &lt;new mode&gt; &lt;new id&gt; &lt;quoted path&gt;</c>: an index entry.</summary>
    internal const string Index = "Writeopt-Index";

    /// <summary>
    /// <c>&lt;id&gt; &lt;commit&gt; &lt;worktree or -&gt; &lt;undone id&gt;...</c>: a transaction that a fold holds in place of a ref.
    /// </summary>
    internal const string Folded = "Writeopt-Folded";

    /// <summary>The number of transactions in a fold and in those before it.</summary>
    internal const string FoldedTotal = "Writeopt-Folded-Total";

    /// <summary>A path that <c>forget</c> took out of the commit.</summary>
    internal const string Forgotten = "Writeopt-Forgotten";

    /// <summary>The plan's strategy.</summary>
    internal const string Strategy = "Writeopt-Strategy";

    /// <summary><c>&lt;groups&gt; &lt;files in the largest&gt; &lt;staged side by side&gt;</c>: how the files were grouped.</summary>
    internal const string Groups = "Writeopt-Groups";

    /// <summary>The plan's risk.</summary>
    internal const string Risk = "Writeopt-Risk";

    /// <summary><c>&lt;subject&gt;: &lt;rule&gt;: &lt;text&gt;</c>: a decision of the planner about the batch as a whole.</summary>
    internal const string Decision = "Writeopt-Decision";

    /// <summary><c>&lt;name&gt;: &lt;result&gt;</c>: an optimisation that was taken.</summary>
    internal const string Optimisation = "Writeopt-Optimisation";

    /// <summary><c>&lt;files validated&gt; &lt;known already&gt;</c>.</summary>
    internal const string Validated = "Writeopt-Validated";

    /// <summary><c>&lt;implementation&gt; &lt;testing&gt; &lt;documentation&gt;</c>: the files by the step that their paths tell.</summary>
    internal const string Steps = "Writeopt-Steps";

    /// <summary><c>&lt;file&gt; &lt;format&gt; &lt;quoted directory&gt;</c>: a batch that is kept as it came in.</summary>
    internal const string Batch = "Writeopt-Batch";

    /// <summary><c>&lt;file&gt; &lt;quoted event&gt;</c>: from where on the transcript before it is read.</summary>
    internal const string BatchSince = "Writeopt-Batch-Since";
}

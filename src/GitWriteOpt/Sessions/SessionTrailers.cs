namespace GitWriteOpt.Sessions;

/// <summary>The keys of the trailers of a session's checkpoints.</summary>
internal static class SessionTrailers
{
    /// <summary>The name by which the session's host knows it.</summary>
    internal const string Name = "Writeopt-Session-Name";

    /// <summary><c>open</c>, <c>ended</c> or <c>aborted</c>.</summary>
    internal const string State = "Writeopt-Session-State";

    /// <summary>Which agent.</summary>
    internal const string Agent = "Writeopt-Agent";

    /// <summary><c>&lt;pid&gt; &lt;start&gt; &lt;boot id&gt; &lt;host&gt;</c> of the process that the session lives and dies with.</summary>
    internal const string Owner = "Writeopt-Owner";

    /// <summary>Why the checkpoint was taken: what lies between it and the one before.</summary>
    internal const string Reason = "Writeopt-Reason";

    /// <summary>The tool or command whose run lies before the checkpoint.</summary>
    internal const string Tool = "Writeopt-Tool";

    /// <summary><c>&lt;quoted path&gt;</c>: one that the tool said it would write.</summary>
    internal const string Declared = "Writeopt-Declared";

    /// <summary>The workflow step that it works on.</summary>
    internal const string Step = Transactions.TransactionTrailers.Step;

    /// <summary>The number of the turn, from 1; 0 before the first prompt.</summary>
    internal const string Turn = "Writeopt-Turn";
}

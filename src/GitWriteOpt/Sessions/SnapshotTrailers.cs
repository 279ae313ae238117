namespace GitWriteOpt.Sessions;

/// <summary>The keys of the trailers of snapshots and sessions, beside those that transactions have too.</summary>
internal static class SnapshotTrailers
{
    /// <summary><c>&lt;octal&gt; &lt;octal&gt;</c>: the permission bits of plain and of executable files unless said otherwise.</summary>
    internal const string UsualModes = "Writeopt-Usual-Modes";

    /// <summary><c>&lt;bytes&gt; &lt;mtime ns&gt; &lt;reason&gt; &lt;quoted path&gt;</c>: not taken in, never deleted by a restore.</summary>
    internal const string LeftOut = "Writeopt-Left-Out";

    /// <summary><c>&lt;quoted path&gt;</c>: a repository inside this one, never entered.</summary>
    internal const string Nested = "Writeopt-Nested";

    /// <summary><c>&lt;quoted path&gt;</c>: taken though it is ignored; never shared.</summary>
    internal const string Private = "Writeopt-Private";
}

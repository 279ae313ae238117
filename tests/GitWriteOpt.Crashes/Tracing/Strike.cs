namespace GitWriteOpt.Crashes.Tracing;

/// <summary>What happens at the N-th counted call.</summary>
public abstract record Strike
{
    private Strike()
    {
    }

    /// <summary>Nothing: the calls are only listed.</summary>
    public sealed record None : Strike;

    /// <summary>All processes and threads die at once.</summary>
    /// <param name="After">After the call, instead of before it.</param>
    public sealed record Kill(bool After = false) : Strike;

    /// <summary>Half of a write is done, then all die. Another call is killed before it is made.</summary>
    public sealed record Tear : Strike;

    /// <summary>The call is not made and fails.</summary>
    /// <param name="Errno">With this number.</param>
    /// <param name="Lasting">What else fails from then on.</param>
    public sealed record Fail(int Errno, Lasting Lasting = Lasting.Once) : Strike;
}

/// <summary>How long a fault stays.</summary>
public enum Lasting
{
    /// <summary>One call fails.</summary>
    Once,

    /// <summary>All later calls of the counted classes fail too: a disk that stays full.</summary>
    Sticky,

    /// <summary>All later counted calls on the same path fail too: a path that stays forbidden.</summary>
    StickyPath,
}

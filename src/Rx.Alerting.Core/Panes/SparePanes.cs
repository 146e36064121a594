namespace Rx.Alerting.Core.Panes;

/// <summary>A pool of unused panes. The bytes of their buffers are bounded, and shrink when traffic becomes calm.</summary>
/// <remarks>
/// After a fast catch-up there are many panes with large buffers, which are not needed again. A returned pane is left to the garbage
/// collector in these cases:
/// <list type="bullet">
/// <item>The pool would have more than <see cref="MaximumBytes"/>.</item>
/// <item>The pane's buffers are much larger than recently released panes needed. Else large buffers would stay in the pool for ever, as
/// panes of calm traffic.</item>
/// </list>
/// </remarks>
internal sealed class SparePanes
{
    /// <summary>The most bytes of buffers in the pool.</summary>
    public const long MaximumBytes = 64L << 20;

    /// <summary>A pane with at most so many bytes of buffers may always be kept.</summary>
    private const long Modest = 64 << 10;

    /// <summary>A pane's buffers may have so many times the recently used bytes, because buffers grow by doubling.</summary>
    private const long Slack = 4;

    /// <summary>After so many smaller released panes, the influence of a large pane has decayed to about a third.</summary>
    private const long Memory = 64;

    private readonly Stack<(Pane Pane, long RoomBytes)> panes = new();
    private long usedOfLate;

    /// <summary>Bytes of the buffers of all panes in the pool.</summary>
    public long Bytes { get; private set; }

    public Pane Take()
    {
        if (!panes.TryPop(out var spare))
            return new Pane();
        Bytes -= spare.RoomBytes;
        return spare.Pane;
    }

    /// <summary>A pane has been released with all its counts. Its size tells the pool which sizes are needed.</summary>
    public void Observe(Pane released) =>
        usedOfLate = Math.Max(released.UsedBytes, usedOfLate - (usedOfLate / Memory));

    /// <summary>Returns a pane that is not used any more.</summary>
    public void Return(Pane pane)
    {
        var room = pane.RoomBytes;
        if (room > Math.Max(Modest, Slack * usedOfLate) || Bytes + room > MaximumBytes)
            return;
        Bytes += room;
        panes.Push((pane, room));
    }
}

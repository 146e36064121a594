namespace Rx.Alerting.Core.Panes;

/// <summary>Panes that nobody uses, for use anew. Their buffers are bounded in bytes, and shrink with what panes hold.</summary>
/// <remarks>
/// After a fast catch-up there are many panes with large buffers, and nobody needs them again: those beyond <see cref="MaximumBytes"/> are left to
/// the collector at once. The rest would go round as panes of calm traffic for ever, so a pane is also left when its buffers are much larger
/// than what released panes have held of late.
/// </remarks>
internal sealed class SparePanes
{
    /// <summary>Bytes of buffers kept at the most.</summary>
    public const long MaximumBytes = 64L << 20;

    /// <summary>Bytes of buffers that a pane may always have.</summary>
    private const long Modest = 64 << 10;

    /// <summary>Buffers grow by doubling: a pane may have that many times the room that is used of late.</summary>
    private const long Slack = 4;

    /// <summary>Released panes after which a large one is forgotten to a third, when none so large follows.</summary>
    private const long Memory = 64;

    private readonly Stack<Pane> panes = new();
    private long usedOfLate;

    /// <summary>Bytes of the buffers of all spare panes.</summary>
    public long Bytes { get; private set; }

    public Pane Take()
    {
        if (!panes.TryPop(out var pane))
            return new Pane();
        Bytes -= pane.RoomBytes;
        return pane;
    }

    /// <summary>A pane has been released with all that it has got: panes like it will come again.</summary>
    public void Observe(Pane released) =>
        usedOfLate = Math.Max(released.UsedBytes, usedOfLate - (usedOfLate / Memory));

    /// <summary>Nobody uses the pane any more.</summary>
    public void Return(Pane pane)
    {
        var room = pane.RoomBytes;
        if (room > Math.Max(Modest, Slack * usedOfLate) || Bytes + room > MaximumBytes)
            return;
        Bytes += room;
        panes.Push(pane);
    }
}

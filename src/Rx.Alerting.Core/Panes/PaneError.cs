using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>Errors of one type of one key in one pane, and what the latest of them said.</summary>
internal struct PaneError
{
    public ulong TypeHash;

    /// <summary>By which the error is found: the type's hash and the cell's index combined.</summary>
    public ulong Hash;

    public TextRange Type;
    public int Cell;
    public int Count;

    /// <summary>The same cell's next error, or -1.</summary>
    public int NextInCell;

    /// <summary>Next error in the same bucket, or -1.</summary>
    public int Next;

    /// <summary>Event time of the view that <see cref="Message"/> and <see cref="VideoTitle"/> are from.</summary>
    public long EvidenceTime;

    public TextSlot Message;
    public TextSlot VideoTitle;
}

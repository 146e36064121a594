using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>The errors of one type of one key in one pane, with the texts of the latest error.</summary>
internal struct PaneError
{
    public ulong TypeHash;

    /// <summary>The hash by which the errors are found: the type's hash and the cell's index combined.</summary>
    public ulong Hash;

    public TextRange Type;
    public int Cell;
    public int Count;

    /// <summary>Index of the cell's next errors, or -1.</summary>
    public int NextInCell;

    /// <summary>Index of the next errors in the same bucket, or -1.</summary>
    public int Next;

    /// <summary>Event time of the view that had <see cref="Message"/> and <see cref="VideoTitle"/>.</summary>
    public long EvidenceTime;

    public TextSlot Message;
    public TextSlot VideoTitle;
}

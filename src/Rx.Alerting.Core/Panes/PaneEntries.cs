using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Panes;

/// <summary>The entries of open panes in a checkpoint.</summary>
/// <remarks>
/// Counts add up. So a save writes only the counts that came since the save before, as an entry of its own, and a restore adds up a pane's
/// entries. A pane with too many entries is written anew as one entry.
/// </remarks>
/// <param name="interval">Event time covered by one pane, in milliseconds.</param>
/// <param name="tracksChanges">Whether saves of changes will be asked for.</param>
internal sealed class PaneEntries(long interval, bool tracksChanges)
{
    /// <summary>The most entries of one pane.</summary>
    public const int Maximum = 16;

    private readonly HashSet<StateKey> gone = [];
    private readonly PaneOrder order = new();

    public static string Layout { get; } = $"panes: interval i64, {PaneEncoding.Layout}";

    /// <summary>Writes all counts of a pane as one entry, with the cells in their fixed order.</summary>
    public void SaveWhole(Pane pane, ChangeWriter changes)
    {
        var whole = new Pane();
        whole.Reset(pane.Start, pane.End);
        for (var part = pane; part is not null; part = part.Before)
            whole.Add(part);
        Save(whole, 0, changes, order);
    }

    /// <summary>Writes a pane, without <see cref="Pane.Before"/>, as the pane's entry number <paramref name="entry"/>.</summary>
    public void Save(Pane pane, int entry, ChangeWriter changes, PaneOrder? cells = null)
    {
        var key = KeyOf(pane, entry);
        gone.Remove(key);
        var writer = changes.Begin(key);
        writer.Int64(interval);
        PaneEncoding.Save(pane, cells, writer);
    }

    /// <summary>
    /// The entries of a pane are to be removed, because the pane has been released, or is about to be written as one entry.
    /// </summary>
    public void Removed(Pane pane)
    {
        for (var entry = 0; tracksChanges && entry < pane.Entries; entry++)
            gone.Add(KeyOf(pane, entry));
    }

    /// <summary>Names the entries that are gone since the last call.</summary>
    public void SaveRemoved(ChangeWriter changes)
    {
        foreach (var key in gone)
            changes.Remove(key);
        gone.Clear();
    }

    /// <summary>Adds an entry's counts to <see cref="Pane.Before"/>. The entry's interval and start must have been read already.</summary>
    public static void Load(StateKey key, StateReader reader, Pane pane)
    {
        pane.Entries = Math.Max(pane.Entries, checked((int)key.Low) + 1);
        PaneEncoding.Load(pane.Before!, reader);
    }

    private static StateKey KeyOf(Pane pane, int entry) => new(StateSections.Panes, unchecked((ulong)pane.Start), (ulong)entry);
}

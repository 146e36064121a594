using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Panes;

/// <summary>The entries of open panes in a checkpoint.</summary>
/// <remarks>
/// Counts add up: a pane that has got more since the latest save is not written again, but what it has got, as an entry of
/// its own, and a restore adds them up. When there are many of them, one is made that has all.
/// </remarks>
/// <param name="interval">Event time covered by one pane, in milliseconds.</param>
/// <param name="tracksChanges">False: nobody will ask for changes.</param>
internal sealed class PaneEntries(long interval, bool tracksChanges)
{
    /// <summary>Entries of one pane at the most.</summary>
    public const int Maximum = 16;

    private readonly HashSet<StateKey> gone = [];
    private readonly PaneOrder order = new();

    public static string Layout { get; } = $"panes: interval i64, {PaneEncoding.Layout}";

    /// <summary>Writes all of a pane as one entry, with its cells in their fixed order.</summary>
    public void SaveWhole(Pane pane, ChangeWriter changes)
    {
        var whole = new Pane();
        whole.Reset(pane.Start, pane.End);
        for (var part = pane; part is not null; part = part.Before)
            whole.Add(part);
        Save(whole, 0, changes, order);
    }

    /// <summary>Writes a pane without what is <see cref="Pane.Before"/> as its entry number <paramref name="entry"/>.</summary>
    public void Save(Pane pane, int entry, ChangeWriter changes, PaneOrder? cells = null)
    {
        var key = KeyOf(pane, entry);
        gone.Remove(key);
        var writer = changes.Begin(key);
        writer.Int64(interval);
        PaneEncoding.Save(pane, cells, writer);
    }

    /// <summary>The pane has been released, or is about to be written whole.</summary>
    public void Removed(Pane pane)
    {
        for (var entry = 0; tracksChanges && entry < pane.Entries; entry++)
            gone.Add(KeyOf(pane, entry));
    }

    /// <summary>Names the entries that are gone since the last time.</summary>
    public void SaveRemoved(ChangeWriter changes)
    {
        foreach (var key in gone)
            changes.Remove(key);
        gone.Clear();
    }

    /// <summary>Adds what an entry says behind its interval and its start to what is <see cref="Pane.Before"/>.</summary>
    public static void Load(StateKey key, StateReader reader, Pane pane)
    {
        pane.Entries = Math.Max(pane.Entries, checked((int)key.Low) + 1);
        PaneEncoding.Load(pane.Before!, reader);
    }

    private static StateKey KeyOf(Pane pane, int entry) => new(StateSections.Panes, unchecked((ulong)pane.Start), (ulong)entry);
}

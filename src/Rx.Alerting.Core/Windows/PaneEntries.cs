using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>The entries of open panes in a checkpoint.</summary>
/// <remarks>
/// Counts add up: a pane that has got more since the latest save is not written again, but what it has got, as an entry of
/// its own, and a restore adds them up. When there are many of them, one is made that has all.
/// </remarks>
/// <param name="interval">Event time covered by one pane, in milliseconds.</param>
/// <param name="tracksChanges">False: nobody will ask for changes.</param>
internal sealed class PaneEntries(long interval, bool tracksChanges)
{
    /// <summary>Entries of one pane.</summary>
    public const int Maximum = 16;

    private readonly HashSet<StateKey> gone = [];
    private readonly PaneOrder order = new();

    public static string Layout { get; } = $"panes: interval i64, {PaneEncoding.Layout}";

    /// <summary>Writes all of a pane.</summary>
    public void Save(Pane pane, ChangeWriter changes)
    {
        if (pane.Saved is not { } saved)
        {
            Write(pane, 0, order, changes);
            return;
        }

        var whole = new Pane();
        whole.Reset(pane.Start, pane.End);
        whole.Add(saved);
        whole.Add(pane);
        Write(whole, 0, order, changes);
    }

    /// <summary>Writes what has been counted since the latest save, and gives the pane that has all.</summary>
    public Pane SaveAdded(Pane added, ChangeWriter changes)
    {
        var saved = added.Saved ?? added;
        if (saved != added)
            saved.Add(added);
        if (saved.Entries < Maximum)
        {
            Write(added, saved.Entries++, null, changes);
            return saved;
        }

        Removed(saved);
        saved.Entries = 1;
        Write(saved, 0, null, changes);
        return saved;
    }

    /// <summary>The pane has been released.</summary>
    public void Removed(Pane saved)
    {
        for (var entry = 0; tracksChanges && entry < saved.Entries; entry++)
            gone.Add(KeyOf(saved, entry));
    }

    /// <summary>Names the entries that are gone since the last time.</summary>
    public void SaveRemoved(ChangeWriter changes)
    {
        foreach (var key in gone)
            changes.Remove(key);
        gone.Clear();
    }

    /// <summary>Adds what an entry says behind its interval and its start.</summary>
    public static void Load(StateKey key, StateReader reader, Pane saved)
    {
        saved.Entries = Math.Max(saved.Entries, checked((int)key.Low) + 1);
        PaneEncoding.Load(saved, reader);
    }

    private static StateKey KeyOf(Pane pane, int entry) => new(StateSections.Panes, unchecked((ulong)pane.Start), (ulong)entry);

    private void Write(Pane pane, int entry, PaneOrder? cells, ChangeWriter changes)
    {
        var key = KeyOf(pane, entry);
        gone.Remove(key);
        var writer = changes.Begin(key);
        writer.Int64(interval);
        PaneEncoding.Save(pane, cells, writer);
    }
}

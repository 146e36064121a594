namespace Rx.Alerting.Core.Windows;

/// <summary>Finds the keys of a pane, and keeps the bounds on keys.</summary>
/// <remarks>
/// What costs time is to wait for memory, so first all keys are looked up, which does not read them, and then all are read:
/// look-ups that do not depend on one another wait together.
/// </remarks>
internal sealed class PaneKeys(WindowOptions windows, PropertyTable properties, TitleTable titles, KeyEntries entries, PaneOrder order)
{
    private readonly long titleExpiry = (long)windows.TitleExpiry.TotalMilliseconds;

    /// <summary>Event time (ms) within which the order of the titles last seen does not matter.</summary>
    private readonly long touchInterval = Math.Min(86_400_000, (long)windows.TitleExpiry.TotalMilliseconds / 4);

    private Found[] keys = [];

    private KeyCounts counts;

    /// <summary>Error types are counted by whoever knows them.</summary>
    public KeyCounts Counts => counts;

    /// <summary>Views of properties beyond the bound.</summary>
    public long Dropped { get; set; }

    /// <summary>The key of each cell, new ones included; null for a property beyond the bound and its titles.</summary>
    public Span<Found> Of(Pane pane)
    {
        if (keys.Length < pane.CellCount)
            keys = new Found[Math.Max(pane.CellCount, keys.Length * 2)];
        var found = keys.AsSpan(0, pane.CellCount);
        for (var i = 0; i < found.Length; i++)
        {
            ref readonly var cell = ref pane.Cell(i);
            if (cell.IsProperty(i))
            {
                found[i].Key = properties.Find(cell.NameHash);
                counts.Views += cell.Views;
            }
            else
            {
                found[i].Key = (PropertyState?)found[cell.Property].Key is { } property ? titles.Find(property, cell.NameHash) : null;
            }
        }

        var touchedBefore = pane.End / touchInterval * touchInterval;
        long ages = 0;
        foreach (ref readonly var key in found)
            ages |= key.Key is { } known ? known.LastSeen - touchedBefore : -1;
        if (ages < 0)
            AddAndTouch(pane, touchedBefore);
        return found;
    }

    /// <summary>
    /// Forgets titles that have not been seen for long; their incidents have expired before. A title moves to the end of the
    /// table once in a touch interval, so it is forgotten that much later at the most.
    /// </summary>
    public void Expire(long now)
    {
        while (titles.Oldest is { } title && title.LastSeen / touchInterval < (now - titleExpiry) / touchInterval && title.HeldSeries == 0)
            Forget(title);
    }

    /// <summary>Keeps the bound on titles: the least recently seen ones without an open incident go.</summary>
    public void Evict()
    {
        var title = titles.Oldest;
        while (titles.Count > windows.MaximumTitles && title is not null)
        {
            var next = title.SeenAfter;
            if (title.HeldSeries == 0)
                Forget(title);
            title = next;
        }
    }

    private PropertyState? FindOrAdd(Pane pane, in PaneCell cell)
    {
        counts.NewProperties++;
        var property = properties.FindOrAdd(cell.NameHash, pane.Text(cell.Name));
        if (property is null)
            Dropped += cell.Views;
        return property;
    }

    private TitleState AddTitle(PropertyState property, Pane pane, in PaneCell cell)
    {
        counts.NewTitles++;
        var title = new TitleState(property, pane.Text(cell.Name).ToArray(), cell.NameHash);
        titles.Add(title);
        return title;
    }

    /// <summary>The rare part: keys that are new, and titles seen for the first time in the touch interval.</summary>
    private void AddAndTouch(Pane pane, long touchedBefore)
    {
        foreach (var i in order.Of(pane))
        {
            ref readonly var cell = ref pane.Cell(i);
            ref var key = ref keys[i].Key;
            if (cell.IsProperty(i))
                key ??= FindOrAdd(pane, cell);
            else if (keys[cell.Property].Key is not PropertyState property)
                continue;
            else if (key is null)
                key = AddTitle(property, pane, cell);
            else if (key.LastSeen < touchedBefore)
                titles.Touch((TitleState)key);
        }
    }

    private void Forget(TitleState title)
    {
        titles.Remove(title);
        entries.Removed(title);
    }

    /// <summary>Wraps a key, because to store into an array of a base class costs a look at the type each time.</summary>
    internal struct Found
    {
        public KeyState? Key;
    }
}

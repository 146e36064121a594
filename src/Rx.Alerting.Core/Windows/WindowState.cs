using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>All keys with their windows and baselines.</summary>
/// <param name="windows">How large they are, and how many there may be.</param>
/// <param name="baseline">How to learn.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class WindowState(WindowOptions windows, BaselineOptions baseline, bool tracksChanges = false) : IOperatorState
{
    private readonly KeyEntries entries = new(tracksChanges);
    private readonly PropertyTable properties = new(windows.MaximumProperties);
    private readonly TitleTable titles = new();
    private readonly PaneOrder order = new();
    private readonly ErrorOrder errorOrder = new();
    private readonly long titleExpiry = (long)windows.TitleExpiry.TotalMilliseconds;

    /// <summary>Event time (ms) within which the order of the titles last seen does not matter.</summary>
    private readonly long touchInterval = Math.Min(86_400_000, (long)windows.TitleExpiry.TotalMilliseconds / 4);

    private Found[] keys = [];

    /// <summary>The touch interval of the pane that is being looked at.</summary>
    private long touching;

    public static StateLayout Layout { get; } = new(2, KeyEntries.Layout);

    StateLayout IOperatorState.Layout => Layout;

    public int Properties => properties.Count;

    public int Titles => titles.Count;

    /// <summary>Views of properties beyond the bound.</summary>
    public long Dropped { get; private set; }

    public PropertyState? FindProperty(ReadOnlySpan<byte> name) => properties.Find(KeyHash.Of(name));

    public TitleState? FindTitle(PropertyState property, ReadOnlySpan<byte> name) =>
        titles.Find(property, KeyHash.Of(name));

    /// <summary>Moves all keys on by the counts of <paramref name="pane"/>.</summary>
    /// <remarks>
    /// First all keys are looked up, then all are moved on: what costs time is to wait for memory, and look-ups that do not
    /// depend on one another wait together.
    /// </remarks>
    public void Advance(Pane pane, IObserver<Observation> observer)
    {
        Expire(pane.Start);
        touching = pane.End / touchInterval;
        var cells = order.Of(pane);
        if (keys.Length < cells.Length)
            keys = new Found[Math.Max(cells.Length, keys.Length * 2)];
        PropertyState? property = null;
        for (var i = 0; i < cells.Length; i++)
        {
            if (pane.Cell(cells[i]).IsProperty(cells[i]))
                keys[i].Key = property = FindOrAddProperty(pane, cells[i]);
            else
                keys[i].Key = property is null ? null : FindOrAddTitle(property, pane, cells[i]);
        }

        for (var i = 0; i < cells.Length; i++)
        {
            if (keys[i].Key is { } key)
                Advance(key, pane, pane.Cell(cells[i]), observer);
        }

        Evict();
    }

    /// <summary>The key's state is being changed by more than a pane.</summary>
    public void Changed(KeyState key) => entries.Changed(key);

    public void Save(ChangeWriter changes, bool everything)
    {
        entries.WriteDropped(Dropped, changes);
        if (everything)
            KeyEntries.SaveAll(properties, titles, changes);
        else
            entries.SaveChanges(changes);
    }

    public void Load(StateKey key, StateReader reader)
    {
        if (key.Section == StateSections.Titles)
            entries.LoadTitle(key, reader, properties);
        else if (KeyEntries.IsDropped(key))
            Dropped = reader.Int64();
        else
            properties.Add(PropertyState.Load(reader));
    }

    public void EndLoad()
    {
        foreach (var title in entries.TakeLoadedTitles())
        {
            title.TouchedIn = title.LastSeen / touchInterval;
            titles.Add(title);
        }
    }

    private void Advance(KeyState key, Pane pane, in PaneCell cell, IObserver<Observation> observer)
    {
        entries.Changed(key);
        var position = key.Position;
        var lastSeen = key.LastSeen;
        key.Advance(cell.Views, pane.End);
        if (key is TitleState title && title.Property.TitlesRestartAt >= lastSeen)
            RestartWithProperty(title, position, lastSeen);
        if (cell.FirstError < 0 && key.HeldSeries == 0)
            return;

        foreach (var index in errorOrder.Of(pane, cell))
        {
            ref readonly var error = ref pane.Error(index);
            var series = FindOrAddSeries(key, error.TypeHash, pane.Text(error.Type));
            series.Add(position, cell.Views, error.Count, index, pane.Start);
        }

        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series.PaneErrors == 0 && !series.Held)
                continue;
            series.Fold(pane.End, windows.MinimumViews, baseline);
            observer.OnNext(new Observation(series, pane));
            series.ClosePane();
        }
    }

    /// <summary>A property's incident that ended since the title was last seen has counted the title's views so far.</summary>
    private static void RestartWithProperty(TitleState title, long position, long lastSeen)
    {
        for (var series = title.FirstSeries; series is not null; series = series.Next)
        {
            if (!series.Held && series.Parent!.TitlesRestartAt >= lastSeen)
                series.Restart(position);
        }
    }

    private ErrorSeries FindOrAddSeries(KeyState key, ulong typeHash, ReadOnlySpan<byte> type)
    {
        var parent = (key as TitleState)?.Property;
        var property = parent ?? (PropertyState)key;
        if (property.Find(typeHash, type) is null && property.ErrorTypes >= windows.MaximumErrorTypes)
        {
            type = PropertyState.OtherType;
            typeHash = KeyHash.Of(type);
        }

        var series = key.Find(typeHash, type);
        if (series is not null)
            return series;

        series = ErrorSeries.New(key, parent?.Find(typeHash, type), type, typeHash, windows.MinimumViews, baseline);
        if (key == property)
            property.Add(series);
        else
            key.Append(series);
        return series;
    }

    private PropertyState? FindOrAddProperty(Pane pane, int index)
    {
        ref readonly var cell = ref pane.Cell(index);
        var property = properties.FindOrAdd(cell.NameHash, pane.Text(cell.Name));
        if (property is null)
            Dropped += cell.Views;
        return property;
    }

    private TitleState FindOrAddTitle(PropertyState property, Pane pane, int index)
    {
        ref readonly var cell = ref pane.Cell(index);
        var title = titles.Find(property, cell.NameHash);
        if (title is null)
        {
            titles.Add(title = new TitleState(property, pane.Text(cell.Name).ToArray(), cell.NameHash) { TouchedIn = touching });
        }
        else if (title.TouchedIn != touching)
        {
            title.TouchedIn = touching;
            titles.Touch(title);
        }

        return title;
    }

    /// <summary>
    /// Forgets titles that have not been seen for long; their incidents have expired before. A title moves to the end of the
    /// table once in a touch interval, so it is forgotten that much later at the most.
    /// </summary>
    private void Expire(long now)
    {
        while (titles.Oldest is { } title && title.TouchedIn < (now - titleExpiry) / touchInterval && title.HeldSeries == 0)
            Forget(title);
    }

    /// <summary>Keeps the bound on titles: the least recently seen ones without an open incident go.</summary>
    private void Evict()
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

    private void Forget(TitleState title)
    {
        titles.Remove(title);
        entries.Removed(title);
    }

    /// <summary>Wraps a key, because to store into an array of a base class costs a look at the type each time.</summary>
    private struct Found
    {
        public KeyState? Key;
    }
}

using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>All keys with their windows and baselines.</summary>
internal sealed class WindowState : IOperatorState
{
    private readonly WindowOptions windows;
    private readonly BaselineOptions baseline;
    private readonly KeyEntries entries;
    private readonly PropertyTable properties = new();
    private readonly TitleTable titles = new();
    private readonly ErrorTypes errorTypes;
    private readonly KeyBounds bounds;
    private readonly PaneKeys keys;
    private readonly PaneOrder order = new();
    private readonly ErrorOrder errorOrder = new();
    private readonly WindowEntryPool pool = new();
    private int[] observed = [];
    private int readAhead;

    /// <param name="windows">How large they are, and how many there may be.</param>
    /// <param name="baseline">How to learn.</param>
    /// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
    public WindowState(WindowOptions windows, BaselineOptions baseline, bool tracksChanges = false)
    {
        (this.windows, this.baseline) = (windows, baseline);
        entries = new KeyEntries(tracksChanges);
        errorTypes = new ErrorTypes(windows, baseline, entries);
        bounds = new KeyBounds(windows, properties, titles, entries);
        keys = new PaneKeys(properties, titles, bounds, order);
    }

    public static StateLayout Layout { get; } = new(2, KeyEntries.Layout);

    StateLayout IOperatorState.Layout => Layout;

    long IOperatorState.ChangedBytes => entries.ChangedBytes;

    public int Properties => properties.Count;

    public int Titles => titles.Count;

    /// <inheritdoc cref="KeyBounds.Dropped"/>
    public long Dropped => bounds.Dropped;

    /// <inheritdoc cref="KeyCounts"/>
    public KeyCounts Counts => errorTypes.AddTo(keys.Counts);

    public PropertyState? FindProperty(ReadOnlySpan<byte> name) => properties.Find(KeyHash.Of(name));

    public TitleState? FindTitle(PropertyState property, ReadOnlySpan<byte> name) =>
        titles.Find(property, KeyHash.Of(name));

    /// <summary>Moves all keys on by the counts of <paramref name="pane"/>.</summary>
    /// <remarks>
    /// Keys with errors or incidents are looked at in their fixed order. Of the others, which are nearly all, properties come before
    /// them, as their titles are compared with them, and titles come after them, as what happens to their property changes them.
    /// </remarks>
    public void Advance(Pane pane, IObserver<Observation> observer)
    {
        bounds.Expire(pane.Start);
        var found = keys.Of(pane);
        foreach (var i in Observed(pane, found))
        {
            Advance(found[i].Key!, pane, pane.Cell(i), observer);
            found[i].Key = null;
        }

        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Key is { } quiet)
                MoveOn(quiet, pane, pane.Cell(i).Views);
        }

        found.Clear(); // A key that is forgotten must not be held here.
        bounds.Evict(pane.End);
    }

    /// <summary>An incident about the series opens.</summary>
    public void Hold(ErrorSeries series)
    {
        series.Hold();
        properties.Hold(series.Property);
        entries.Changed(series.Key);
    }

    /// <summary>The incident about the series is over.</summary>
    /// <param name="series">The series.</param>
    /// <param name="at">Event time (ms since the Unix epoch).</param>
    public void Release(ErrorSeries series, long at)
    {
        series.Release(at);
        properties.Release(series.Property);
        bounds.Released();
        entries.Changed(series.Key);
    }

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
            bounds.Dropped = reader.Int64();
        else
            properties.Add(PropertyState.Load(reader));
    }

    public void EndLoad()
    {
        foreach (var title in entries.TakeLoadedTitles())
            titles.Add(title);
        properties.EndLoad();
    }

    /// <summary>The cells with errors or incidents, in their fixed order; properties without are moved on.</summary>
    private ReadOnlySpan<int> Observed(Pane pane, Span<PaneKeys.Found> found)
    {
        if (observed.Length < found.Length)
            observed = new int[Math.Max(found.Length, observed.Length * 2)];
        var count = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Key is not { } key)
                continue;
            ref readonly var cell = ref pane.Cell(i);
            if (cell.FirstError >= 0 || key.HeldSeries > 0)
            {
                observed[count++] = i;
            }
            else if (cell.IsProperty(i))
            {
                MoveOn(key, pane, cell.Views);
                found[i].Key = null;
            }
        }

        // What costs time is to wait for memory, and these wait together.
        var cells = observed.AsSpan(0, count);
        foreach (var i in cells)
            readAhead += found[i].Key!.ReadAhead();
        order.Sort(pane, cells);
        return cells;
    }

    /// <summary>Counts the key's views, and forgets what an incident of its property has counted.</summary>
    private void MoveOn(KeyState key, Pane pane, int views)
    {
        entries.Changed(key);
        var position = key.Position;
        var lastSeen = key.LastSeen;
        key.Advance(views, pane.End);
        if (PropertyState.Establishes(position, views) && key is PropertyState)
            properties.HasEstablished();
        if (key is TitleState title && title.Property.TitlesRestartAt >= lastSeen)
            RestartWithProperty(title, position, lastSeen, pane.End);
    }

    private void Advance(KeyState key, Pane pane, in PaneCell cell, IObserver<Observation> observer)
    {
        var position = key.Position;
        MoveOn(key, pane, cell.Views);
        foreach (var index in errorOrder.Of(pane, cell))
        {
            ref readonly var error = ref pane.Error(index);
            var series = errorTypes.FindOrAdd(key, error.TypeHash, pane.Text(error.Type), error.Count, pane.Start);
            if (!series.Held && series.IsCountedIn(pane))
                series.Restart(key.Position);
            else
                series.Add(position, cell.Views, error.Count, index, pane.Start, pool);
        }

        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series.PaneErrors == 0 && !series.Held)
                continue;
            series.Fold(pane.End, windows.MinimumViews, baseline, pool);
            observer.OnNext(new Observation(series, pane));
            series.ClosePane();
        }
    }

    /// <summary>
    /// A property's incident that ended since the title was last seen has counted the title's views so far; one that ended in this very pane,
    /// those of the pane as well.
    /// </summary>
    private static void RestartWithProperty(KeyState title, long position, long lastSeen, long paneEnd)
    {
        for (var series = title.FirstSeries; series is not null; series = series.Next)
        {
            var endedAt = series.Parent!.TitlesRestartAt;
            if (!series.Held && endedAt >= lastSeen)
                series.Restart(endedAt == paneEnd ? title.Position : position);
        }
    }
}

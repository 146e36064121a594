using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>All keys with their windows and baselines.</summary>
internal sealed class WindowState(WindowOptions windows, BaselineOptions baseline) : IOperatorState
{
    /// <summary>Event time (ms) within which the order of the titles last seen does not matter.</summary>
    private const long TouchInterval = 3_600_000;

    private readonly PropertyTable properties = new(windows.MaximumProperties);
    private readonly TitleTable titles = new();
    private readonly PaneOrder order = new();
    private readonly ErrorOrder errorOrder = new();
    private readonly long titleExpiry = (long)windows.TitleExpiry.TotalMilliseconds;

    public string Name => "windows";

    public int Version => 1;

    public int Properties => properties.Count;

    public int Titles => titles.Count;

    /// <summary>Views of properties beyond the bound.</summary>
    public long Dropped { get; private set; }

    public PropertyState? FindProperty(ReadOnlySpan<byte> name) => properties.Find(KeyHash.Of(name), name);

    public TitleState? FindTitle(PropertyState property, ReadOnlySpan<byte> name) =>
        titles.Find(property, KeyHash.Combine(property.Hash, KeyHash.Of(name)), name);

    /// <summary>Moves all keys on by the counts of <paramref name="pane"/>.</summary>
    public void Advance(Pane pane, IObserver<Observation> observer)
    {
        Expire(pane.Start);
        PropertyState? property = null;
        foreach (var index in order.Of(pane))
        {
            ref readonly var cell = ref pane.Cell(index);
            if (cell.IsProperty(index))
            {
                property = properties.FindOrAdd(cell.NameHash, pane.Text(cell.Name));
                if (property is null)
                    Dropped += cell.Views;
                else
                    Advance(property, property, null, pane, cell, observer);
            }
            else if (property is not null)
            {
                Advance(FindOrAddTitle(property, pane, index), property, property, pane, cell, observer);
            }
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(Dropped);
        writer.Int32(properties.Count);
        foreach (var property in properties.All)
            property.Save(writer);
        writer.Int32(titles.Count);
        for (var title = titles.Oldest; title is not null; title = title.SeenAfter)
        {
            writer.Bytes(title.Property.Name);
            title.Save(writer);
        }
    }

    public void Load(StateReader reader)
    {
        properties.Clear();
        titles.Clear();
        Dropped = reader.Int64();
        for (var left = reader.Count(); left > 0; left--)
            properties.Add(PropertyState.Load(reader));
        for (var left = reader.Count(); left > 0; left--)
        {
            var property = FindProperty(reader.Bytes()) ?? throw new CheckpointFormatException("The checkpoint is damaged: a title has a property that is not there.");
            titles.Add(TitleState.Load(reader, property));
        }
    }

    private void Advance(KeyState key, PropertyState property, PropertyState? parent, Pane pane, in PaneCell cell, IObserver<Observation> observer)
    {
        var position = key.Position;
        var lastSeen = key.LastSeen;
        key.Advance(cell.Views, pane.End);
        if (parent is not null && parent.TitlesRestartAt >= lastSeen)
            RestartWithProperty(key, position, lastSeen);
        if (cell.FirstError < 0 && key.HeldSeries == 0)
            return;

        foreach (var index in errorOrder.Of(pane, cell))
        {
            ref readonly var error = ref pane.Error(index);
            var series = FindOrAddSeries(key, property, parent, error.TypeHash, pane.Text(error.Type));
            series.Add(position, cell.Views, error.Count, index, pane.Start);
        }

        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series.PaneErrors == 0 && !series.Held)
                continue;
            series.Fold(pane.End, windows.MinimumViews, baseline);
            observer.OnNext(new Observation(series, pane, cell.Views));
            series.ClosePane();
        }
    }

    /// <summary>A property's incident that ended since the title was last seen has counted the title's views so far.</summary>
    private static void RestartWithProperty(KeyState title, long position, long lastSeen)
    {
        for (var series = title.FirstSeries; series is not null; series = series.Next)
        {
            if (!series.Held && series.Parent!.TitlesRestartAt >= lastSeen)
                series.Restart(position);
        }
    }

    private ErrorSeries FindOrAddSeries(KeyState key, PropertyState property, PropertyState? parent, ulong typeHash, ReadOnlySpan<byte> type)
    {
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
            property.Count(series);
        else
            key.Append(series);
        return series;
    }

    private TitleState FindOrAddTitle(PropertyState property, Pane pane, int cell)
    {
        var hash = pane.HashOf(cell);
        var name = pane.Text(pane.Cell(cell).Name);
        var title = titles.Find(property, hash, name);
        if (title is not null)
        {
            if (title.LastSeen / TouchInterval != pane.End / TouchInterval)
                titles.Touch(title);
            return title;
        }

        if (titles.Count >= windows.MaximumTitles)
            Evict();
        titles.Add(title = new TitleState(property, name.ToArray(), hash));
        return title;
    }

    /// <summary>
    /// Forgets titles that have not been seen for long; their incidents have expired before. A title moves in the
    /// table only now and then, so one that stands at the end may have been seen since.
    /// </summary>
    private void Expire(long now)
    {
        while (titles.Oldest is { } title && title.LastSeen / TouchInterval < (now - titleExpiry) / TouchInterval && title.HeldSeries == 0)
            titles.Remove(title);
    }

    /// <summary>Makes room for one title: the least recently seen one without an open incident goes.</summary>
    private void Evict()
    {
        var title = titles.Oldest;
        while (title is { HeldSeries: > 0 })
            title = title.SeenAfter;
        if (title is not null)
            titles.Remove(title);
    }
}

using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>All properties and titles, with their windows and baselines.</summary>
internal sealed class WindowState : IOperatorState
{
    private readonly WindowOptions windows;
    private readonly BaselineOptions baseline;
    private readonly FailedPanePool pool = new();
    private readonly KeyEntries entries;
    private readonly PropertyTable properties = new();
    private readonly TitleTable titles = new();
    private readonly ErrorTypes errorTypes;
    private readonly KeyBounds bounds;
    private readonly PaneKeys keys;
    private readonly WindowAdvance advance;

    /// <param name="windows">How large windows are, and how many keys there may be.</param>
    /// <param name="baseline">How to learn.</param>
    /// <param name="fewestErrors">
    /// A series with fewer errors in its largest window is observed only while an incident holds it. Asked for each pane; null: 1.
    /// </param>
    /// <param name="tracksChanges">Whether changes are remembered, for saves of changes only.</param>
    public WindowState(WindowOptions windows, BaselineOptions baseline, Func<int>? fewestErrors = null, bool tracksChanges = false)
    {
        (this.windows, this.baseline) = (windows, baseline);
        var order = new PaneOrder();
        entries = new KeyEntries(tracksChanges);
        errorTypes = new ErrorTypes(windows, baseline, entries);
        bounds = new KeyBounds(windows, properties, titles, entries);
        keys = new PaneKeys(properties, titles, bounds, order);
        advance = new WindowAdvance(windows, baseline, fewestErrors ?? (() => 1), properties, entries, errorTypes, order, pool);
    }

    public static StateLayout Layout { get; } = new(4, KeyEntries.Layout)
    {
        Upgrades =
        [
            new(WindowVersion2.Layout, entries => entries.Select(WindowVersion2.Upgrade)),
            new(WindowVersion3.Layout, WindowVersion3.Upgrade),
        ],
    };

    StateLayout IOperatorState.Layout => Layout;

    long IOperatorState.ChangedBytes => entries.ChangedBytes;

    public int Properties => properties.Count;

    public int Titles => titles.Count;

    /// <inheritdoc cref="KeyBounds.Dropped"/>
    public long Dropped => bounds.Dropped;

    /// <inheritdoc cref="KeyCounts"/>
    public KeyCounts Counts => errorTypes.AddTo(keys.Counts);

    /// <inheritdoc cref="PropertyRanking"/>
    /// <param name="most">How many properties to rank.</param>
    public PropertyRanking Rank(int most) => PropertyRanking.Of(properties.InNoOrder, most, windows.MinimumViews);

    /// <summary>Views of a key in its largest window, and how many of them failed.</summary>
    public (long Views, long Errors) CountsOf(Key key) => key.Latest(windows.MinimumViews);

    /// <summary>All properties, in no particular order.</summary>
    public Property[] AllProperties() => [.. properties.InNoOrder];

    /// <summary>How far a key is above what is normal for it, by the error type that is furthest, in standard deviations.</summary>
    public double DeviationOf(Key key)
    {
        var most = double.NegativeInfinity;
        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series is { WindowErrors: > 0, IsRestartDue: false } && series.Latest(windows.MinimumViews) is var window)
                most = Math.Max(most, series.Expected(baseline).DeviationOf(window.Errors, window.Views));
        }

        return most;
    }

    public Property? FindProperty(ReadOnlySpan<byte> name) => properties.Find(KeyHash.Of(name));

    /// <summary>Whether a property, by the hash of its name, or one of its titles has an open incident.</summary>
    public bool IsHeld(ulong property) => properties.Find(property)?.IsHeld ?? false;

    public Title? FindTitle(Property property, ReadOnlySpan<byte> name) =>
        titles.Find(property, KeyHash.Of(name));

    /// <summary>A series as of the latest pane; null: there is none.</summary>
    /// <param name="propertyName">Name of the property, in UTF-8.</param>
    /// <param name="titleName">Name of the title, in UTF-8; null: the property's own series.</param>
    /// <param name="errorTypeHash">Hash of the error type.</param>
    public Observation? Observe(ReadOnlySpan<byte> propertyName, byte[]? titleName, ulong errorTypeHash)
    {
        if (FindProperty(propertyName) is not { } property)
            return null;
        Key? key = titleName is null ? property : FindTitle(property, titleName);
        return key?.Find(errorTypeHash) is { } series ? Observe(new SeriesId(series)) : null;
    }

    /// <summary>A series as of the latest pane.</summary>
    public Observation Observe(SeriesId series) => series.Target.Observe(null, baseline, windows.MinimumViews);

    /// <summary>Moves all keys on by the counts of <paramref name="pane"/>, and observes their series.</summary>
    public void Advance(Pane pane, IObserver<Observation> observer)
    {
        bounds.Expire(pane.Start);
        advance.Run(pane, keys.Of(pane), observer);
        bounds.Evict(pane.End);
    }

    /// <summary>Does with a series as the incident stage has decided.</summary>
    public void Apply(Feedback feedback)
    {
        var series = feedback.Series.Target;
        switch (feedback.Kind)
        {
            case FeedbackKind.None:
                return;
            case FeedbackKind.Hold:
                series.Hold(feedback.Level.StartedAt, pool);
                properties.Hold(series.Property);
                break;
            case FeedbackKind.Restart:
                Release(series, feedback.At);
                break;
            case FeedbackKind.Accept:
                series.Accept(feedback.Level, feedback.At);
                Release(series, feedback.At);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(feedback), feedback.Kind, "is not known");
        }

        entries.Changed(series.Key);
    }

    /// <summary>Forgets a property and its titles. No incident holds any of them.</summary>
    public void Forget(Property property) => bounds.Forget(property);

    /// <summary>Forgets a title. No incident holds it.</summary>
    public void Forget(Title title) => bounds.Forget(title);

    /// <summary>Forgets what a series has learned; of a property, its titles' series, too. No incident holds any of them.</summary>
    public void Forget(ErrorSeries series)
    {
        series.Forget(baseline);
        entries.Changed(series.Key);
        for (var title = (series.Key as Property)?.FirstTitle; title is not null; title = title.NextOfProperty)
        {
            if (title.Find(series.TypeHash) is { } ofTitle)
                Forget(ofTitle);
        }
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
            properties.Add(Property.Load(reader));
    }

    public void EndLoad()
    {
        foreach (var title in entries.TakeLoadedTitles())
            titles.Add(title);
        properties.EndLoad();
    }

    private void Release(ErrorSeries series, long at)
    {
        series.Release(at);
        properties.Release(series.Property);
        bounds.Released();
    }
}

using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>One error type of one property, and what its titles need to know of it.</summary>
internal sealed class PropertySeries : ErrorSeries
{
    private readonly ErrorTail tail = new();

    /// <summary>The part of the window that titles with an incident explain. It has panes of the window only.</summary>
    private ErrorWindow explained = new();

    private PropertySeries(Property property, byte[] type, ulong typeHash)
        : base(property, typeHash) => Type = type;

    public override PropertySeries? Parent => null;

    public override byte[] Type { get; }

    /// <summary>Event time at which the property's latest incident ended. Titles that have not been seen since start anew.</summary>
    public long TitlesRestartAt { get; private set; } = long.MinValue;

    /// <summary>Event time of the latest error, or of the end of the incident that has counted it.</summary>
    public override long LastSeen => Math.Max(LatestPane, TitlesRestartAt);

    /// <summary>While an incident is open: how the failure is spread over titles.</summary>
    public Spread? Spread { get; private set; }

    /// <summary>Whether a title has been observed in the pane. Then the property is observed as well, behind its titles.</summary>
    public bool HasObservedTitle { get; set; }

    /// <summary>Errors in the pane that titles with an incident explain.</summary>
    public int PaneExplained { get; private set; }

    /// <summary>Errors among the latest <paramref name="views"/> that titles with an incident explain.</summary>
    public long Explained(long views) => explained.Latest(Key.Position, views).Errors;

    /// <summary>
    /// The error rate of the property without one title since a time, as far as it is known. What is older than the largest window is
    /// known roughly, and the higher rate is taken.
    /// </summary>
    /// <param name="time">Ms since the Unix epoch.</param>
    /// <param name="title">What the title had since.</param>
    public double RateSince(long time, WindowCount title)
    {
        var recent = Since(time);
        var (views, errors) = (recent.Views - title.Views, recent.Errors - title.Errors);
        return time < Window.OldestPane
            ? tail.RateSince(time, views, errors, Window.OldestPosition(Key.Position))
            : new WindowCount(views, Math.Max(0, errors), time).Rate;
    }

    /// <summary>The title without an incident that has most errors since a time. Null: no title has any.</summary>
    public ErrorSeries? TitleWithMostErrors(long time)
    {
        var (most, worst) = (0L, (ErrorSeries?)null);
        for (var title = Property.FirstTitle; title is not null; title = title.NextOfProperty)
        {
            if (title.Find(TypeHash) is { Held: false } series && series.LatestPane >= time && series.Since(time).Errors is var errors
                && (errors > most || (errors == most && title.Hash < worst!.Key.Hash)))
            {
                (most, worst) = (errors, series);
            }
        }

        return worst;
    }

    /// <summary>A title's errors are explained by the incident that opens for the title.</summary>
    public void Explain(in ErrorWindow title, FailedPanePool pool) => explained = Window.Explained(explained, title, pool);

    /// <summary>A title with an incident has errors in the latest pane.</summary>
    public void Explain(int views, int errors, long paneStart, FailedPanePool pool)
    {
        explained.Add(Key.Position - views, views, errors, paneStart, pool);
        PaneExplained += errors;
    }

    public override void ClosePane()
    {
        base.ClosePane();
        HasObservedTitle = false;
        PaneExplained = 0;
    }

    public override void Hold(long since, FailedPanePool pool)
    {
        base.Hold(since, pool);
        Spread = new Spread { Since = since, Titles = TitlesSince(since) };
    }

    /// <summary>Titles without an incident that are affected, and had an error since a time.</summary>
    /// <param name="time">Ms since the Unix epoch.</param>
    /// <param name="options">What is normal.</param>
    public int AffectedTitlesSince(long time, BaselineOptions options)
    {
        var titles = 0;
        for (var title = Property.FirstTitle; title is not null; title = title.NextOfProperty)
        {
            if (title.Find(TypeHash) is TitleSeries { Held: false } series && series.LatestPane >= time && series.IsAffected(options))
                titles++;
        }

        return titles;
    }

    /// <summary>Titles with an error since a time.</summary>
    public int TitlesSince(long time)
    {
        var titles = 0;
        for (var title = Property.FirstTitle; title is not null; title = title.NextOfProperty)
            titles += title.Find(TypeHash)?.LatestPane >= time ? 1 : 0;
        return titles;
    }

    /// <summary>The windows of the property's titles start anew, too.</summary>
    public override void Release(long at)
    {
        base.Release(at);
        Property.TitlesRestartAt = TitlesRestartAt = at;
        Spread = null;
    }

    public override void Restart(long position)
    {
        base.Restart(position);
        explained.Restart(position);
        tail.Clear();
    }

    public static PropertySeries New(Property property, ReadOnlySpan<byte> type, ulong typeHash, int largest, BaselineOptions options)
    {
        var series = new PropertySeries(property, type.ToArray(), typeHash);
        series.Begin(largest, options);
        return series;
    }

    public new const string Layout = ErrorSeries.Layout
        + $", titlesRestartAt i64, explained ({ErrorWindow.Layout}), tail [{ErrorTail.Layout}], spread ({Spread.Layout}) if held";

    public override void Save(StateWriter writer)
    {
        base.Save(writer);
        writer.Int64(TitlesRestartAt);
        explained.Save(writer);
        tail.Save(writer);
        Spread?.Save(writer);
    }

    public static PropertySeries Load(StateReader reader, Property property)
    {
        var type = reader.Bytes();
        var series = new PropertySeries(property, type, KeyHash.Of(type));
        series.Load(reader);
        return series;
    }

    protected override void Load(StateReader reader)
    {
        base.Load(reader);
        TitlesRestartAt = reader.Int64();
        explained = ErrorWindow.Load(reader);
        tail.Load(reader);
        Spread = Held ? Spread.Load(reader) : null;
    }

    /// <summary>Little is believed of a new property.</summary>
    protected override BetaRate Prior(BaselineOptions options) =>
        new(options.InitialErrorRate, 1 - options.InitialErrorRate, 1 / options.InitialViews);

    /// <summary>What titles explain is not learned.</summary>
    protected override long Leave(ref ErrorWindow from, long position, int largest, FailedPanePool pool) =>
        from.Leave(position, pool, tail, largest) - explained.Leave(position, pool);
}

using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>Moves all keys on by the counts of a pane, and observes the series that have errors or an open incident.</summary>
/// <remarks>
/// Three passes, so that the order of arrival leaves no trace:
/// <list type="number">
/// <item>Properties without errors and incidents are moved on. Their titles will be compared with them.</item>
/// <item>Properties and titles with errors or an open incident are moved on, in their fixed order (<see cref="PaneOrder"/>). Titles are
/// observed at once; a property behind its titles, because titles may explain what the property has. The feedback to an observation is
/// applied before the next one is made.</item>
/// <item>Titles without errors and incidents are moved on. What has become of their property may start them anew.</item>
/// </list>
/// </remarks>
internal sealed class WindowAdvance(
    WindowOptions windows,
    BaselineOptions baseline,
    Func<int> fewestErrors,
    PropertyTable properties,
    KeyEntries entries,
    ErrorTypes errorTypes,
    PaneOrder order,
    FailedPanePool pool)
{
    private readonly ErrorOrder errorOrder = new();
    private int[] observed = [];
    private int readAhead;
    private int fewest;

    /// <param name="pane">Its counts are final.</param>
    /// <param name="found">The key of each cell of the pane; cleared.</param>
    /// <param name="observer">Gets the observations.</param>
    public void Run(Pane pane, Span<PaneKeys.Found> found, IObserver<Observation> observer)
    {
        fewest = fewestErrors();
        Property? property = null;
        foreach (var cell in MoveQuietAndFindObserved(pane, found))
        {
            var key = found[cell].Key!;
            if (property is not null && (key as Title)?.Property != property)
            {
                Observe(property, pane, observer);
                property = null;
            }

            MoveOnWithErrors(key, pane, pane.Cell(cell));
            if (key is Property next)
                property = next;
            else
                Observe(key, pane, observer);
            found[cell].Key = null;
        }

        if (property is not null)
            Observe(property, pane, observer);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Key is { } quietTitle)
                MoveOn(quietTitle, pane, pane.Cell(i).Views);
        }

        found.Clear(); // A key that is forgotten must not be held here.
    }

    /// <summary>The first pass; gives the cells of the second.</summary>
    private ReadOnlySpan<int> MoveQuietAndFindObserved(Pane pane, Span<PaneKeys.Found> found)
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

        // Memory is slow: reading all keys ahead lets their cache misses overlap.
        var cells = observed.AsSpan(0, count);
        foreach (var i in cells)
            readAhead += found[i].Key!.ReadAhead();
        order.Sort(pane, cells);
        return cells;
    }

    /// <summary>Counts the key's views. If an incident of the title's property has counted them already, the title starts anew.</summary>
    private void MoveOn(Key key, Pane pane, int views)
    {
        entries.Changed(key);
        var position = key.Position;
        var lastSeen = key.LastSeen;
        key.Advance(views, pane.End);
        if (Property.Establishes(position, views) && key is Property)
            properties.HasEstablished();
        if (key is not Title title)
            return;
        if (title.Property.TitlesRestartAt >= lastSeen)
            title.RestartWithProperty(position, lastSeen, pane.End);
        if (title.Property.HeldSeries > 0)
            VisitAgain(title, views);
    }

    private void MoveOnWithErrors(Key key, Pane pane, in PaneCell cell)
    {
        var position = key.Position;
        MoveOn(key, pane, cell.Views);
        foreach (var index in errorOrder.Of(pane, cell))
        {
            ref readonly var error = ref pane.Error(index);
            var series = errorTypes.FindOrAdd(key, error.TypeHash, pane.Text(error.Type), error.Count, pane.Start);
            if (series is TitleSeries title)
                TellProperty(title, pane, cell, error.Count);
            series.Add(position, cell.Views, error.Count, index, pane.Start, pool);
        }

        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series.PaneErrors > 0 || series.Held)
                series.Fold(pane.End, windows.MinimumViews, baseline, pool);
        }
    }

    /// <summary>What the property must know of a title's errors before they are added to the title.</summary>
    private void TellProperty(TitleSeries title, Pane pane, in PaneCell cell, int errors)
    {
        var property = title.Parent;
        if (title.Held)
            property.Explain(pane.Cell(cell.Property).Views, errors, pane.Start, pool);
        if (property.Spread is not { } spread)
            return;
        if (!title.HasFailed)
            spread.Titles++;
        else if (!title.Held && title.IsAffected(baseline))
            spread.Add(new AffectedCount(0, errors, 0));
    }

    private void Observe(Key key, Pane pane, IObserver<Observation> observer)
    {
        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series.PaneErrors == 0 && !series.Held)
                continue;
            if (series.Held || series.WindowErrors >= fewest || series is PropertySeries { HasObservedTitle: true })
            {
                if (series is TitleSeries { PaneErrors: > 0 } title)
                    title.Parent.HasObservedTitle = true;
                observer.OnNext(series.Observe(pane, baseline, windows.MinimumViews));
            }

            series.ClosePane();
        }
    }

    /// <summary>The views of a title that open incidents of its property affect. A title with an incident fails for itself.</summary>
    private void VisitAgain(Title title, int views)
    {
        for (var series = title.FirstSeries; series is not null; series = series.Next)
        {
            if (series is TitleSeries { Held: false, HasFailed: true } affected && affected.IsAffected(baseline))
                affected.Parent.Spread!.Add(AffectedCount.Of(views, affected.Expected(baseline).Mean));
        }
    }
}

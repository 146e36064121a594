using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>Moves all keys on by the counts of a pane, and observes the series that have errors or an open incident.</summary>
/// <remarks>
/// Three passes, so that the order of arrival leaves no trace:
/// <list type="number">
/// <item>Properties without errors and incidents are moved on. Their titles will be compared with them.</item>
/// <item>Properties and titles with errors or an open incident are moved on and observed, in their fixed order (<see cref="PaneOrder"/>).
/// The feedback to an observation is applied before the next one is made.</item>
/// <item>Titles without errors and incidents are moved on. What has become of their property may start them anew.</item>
/// </list>
/// </remarks>
internal sealed class WindowAdvance(
    WindowOptions windows,
    BaselineOptions baseline,
    int fewestErrors,
    ExpectedRate expected,
    PropertyTable properties,
    KeyEntries entries,
    ErrorTypes errorTypes,
    PaneOrder order)
{
    private readonly ErrorOrder errorOrder = new();
    private readonly FailedPanePool pool = new();
    private int[] observed = [];
    private int readAhead;

    /// <param name="pane">Its counts are final.</param>
    /// <param name="found">The key of each cell of the pane; cleared.</param>
    /// <param name="observer">Gets the observations.</param>
    public void Run(Pane pane, Span<PaneKeys.Found> found, IObserver<Observation> observer)
    {
        foreach (var cell in MoveQuietAndFindObserved(pane, found))
        {
            Observe(found[cell].Key!, pane, pane.Cell(cell), observer);
            found[cell].Key = null;
        }

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
        if (key is Title title && title.Property.TitlesRestartAt >= lastSeen)
            RestartWithProperty(title, position, lastSeen, pane.End);
    }

    private void Observe(Key key, Pane pane, in PaneCell cell, IObserver<Observation> observer)
    {
        var position = key.Position;
        MoveOn(key, pane, cell.Views);
        AddErrors(key, position, pane, cell);
        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (series.PaneErrors == 0 && !series.Held)
                continue;
            series.Fold(pane.End, windows.MinimumViews, baseline, pool);
            if (series.Held || series.WindowErrors >= fewestErrors)
                observer.OnNext(series.Observe(pane, expected, windows.MinimumViews));
            series.ClosePane();
        }
    }

    private void AddErrors(Key key, long position, Pane pane, in PaneCell cell)
    {
        foreach (var index in errorOrder.Of(pane, cell))
        {
            ref readonly var error = ref pane.Error(index);
            var series = errorTypes.FindOrAdd(key, error.TypeHash, pane.Text(error.Type), error.Count, pane.Start);
            if (!series.Held && series.IsCountedIn(pane))
                series.Restart(key.Position);
            else
                series.Add(position, cell.Views, error.Count, index, pane.Start, pool);
        }
    }

    /// <summary>Starts the title's series anew if an incident of its property has counted the title's views.</summary>
    /// <param name="title">The title, moved on.</param>
    /// <param name="position">Its position before the pane.</param>
    /// <param name="lastSeen">When it was seen last before the pane (ms since the Unix epoch).</param>
    /// <param name="paneEnd">If the incident ended in this pane, it has counted the views of the pane as well.</param>
    private static void RestartWithProperty(Title title, long position, long lastSeen, long paneEnd)
    {
        for (var series = title.FirstSeries; series is not null; series = series.Next)
        {
            var endedAt = series.Parent!.TitlesRestartAt;
            if (!series.Held && endedAt >= lastSeen)
                series.Restart(endedAt == paneEnd ? title.Position : position);
        }
    }
}

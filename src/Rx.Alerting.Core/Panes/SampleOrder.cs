namespace Rx.Alerting.Core.Panes;

/// <summary>The fixed order of a pane's sampled views: by property, by error type, by hash, by what they say.</summary>
/// <remarks>The buffers are kept, because most panes have few such views. Each result is valid until the next call.</remarks>
internal sealed class SampleOrder
{
    private readonly List<PaneSamples.Group> groups = [];
    private readonly List<PaneSamples.Sample> views = [];
    private readonly Comparison<PaneSamples.Group> compareGroups;
    private readonly Comparison<PaneSamples.Sample> compareViews;
    private Pane pane = new();

    public SampleOrder() => (compareGroups, compareViews) = (Compare, Compare);

    public List<PaneSamples.Group> Groups(Pane of)
    {
        pane = of;
        groups.Clear();
        for (var i = 0; i < (of.Samples?.GroupCount ?? 0); i++)
            groups.Add(of.Samples![i]);
        if (groups.Count > 1)
            groups.Sort(compareGroups);
        return groups;
    }

    /// <param name="of">The pane.</param>
    /// <param name="group">Its views.</param>
    /// <param name="level">Only those that a group of this level keeps.</param>
    public List<PaneSamples.Sample> Views(Pane of, in PaneSamples.Group group, int level = 0)
    {
        pane = of;
        views.Clear();
        for (var i = group.First; i >= 0; i = of.Samples!.Sampled(i).Next)
        {
            if (PaneSamples.IsOf(level, of.Samples!.Sampled(i).Hash))
                views.Add(of.Samples!.Sampled(i));
        }

        if (views.Count > 1)
            views.Sort(compareViews);
        return views;
    }

    private int Compare(PaneSamples.Sample a, PaneSamples.Sample b) =>
        a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : pane.Text(a.Values).SequenceCompareTo(pane.Text(b.Values));

    private int Compare(PaneSamples.Group a, PaneSamples.Group b)
    {
        ref readonly var x = ref pane.Cell(a.Cell);
        ref readonly var y = ref pane.Cell(b.Cell);
        var order = x.NameHash.CompareTo(y.NameHash);
        if (order == 0)
            order = pane.Text(x.Name).SequenceCompareTo(pane.Text(y.Name));
        if (order != 0)
            return order;
        if (a.Error < 0 || b.Error < 0)
            return (a.Error >= 0).CompareTo(b.Error >= 0);
        return pane.Text(pane.Error(a.Error).Type).SequenceCompareTo(pane.Text(pane.Error(b.Error).Type));
    }
}

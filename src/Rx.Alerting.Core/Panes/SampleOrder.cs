namespace Rx.Alerting.Core.Panes;

/// <summary>The fixed order of a pane's sampled views: by property, by error type, by hash, by what they say.</summary>
internal static class SampleOrder
{
    public static List<PaneSamples.Group> Groups(Pane pane)
    {
        var groups = new List<PaneSamples.Group>();
        for (var i = 0; i < (pane.Samples?.GroupCount ?? 0); i++)
            groups.Add(pane.Samples![i]);
        groups.Sort((a, b) => Compare(pane, a, b));
        return groups;
    }

    public static List<PaneSamples.Sample> Views(Pane pane, PaneSamples.Group group)
    {
        var views = new List<PaneSamples.Sample>(group.Count);
        for (var i = group.First; i >= 0; i = pane.Samples!.Sampled(i).Next)
            views.Add(pane.Samples!.Sampled(i));
        views.Sort((a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : pane.Text(a.Values).SequenceCompareTo(pane.Text(b.Values)));
        return views;
    }

    private static int Compare(Pane pane, PaneSamples.Group a, PaneSamples.Group b)
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

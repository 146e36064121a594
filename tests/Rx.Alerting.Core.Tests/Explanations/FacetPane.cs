using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

/// <summary>Panes for tests of the circumstances, and a look into what is kept.</summary>
internal static class FacetPane
{
    public static PaneRelease Of(long start, IEnumerable<TestView> views) => Of(start, [TestBatches.Of("p", views)]);

    public static PaneRelease Of(long start, IReadOnlyList<ViewBatch> batches)
    {
        var pane = new Pane();
        pane.Reset(start, start + 1000);
        foreach (var batch in batches)
        {
            foreach (ref readonly var view in batch.Views)
                pane.Add(batch, view);
        }

        return new(pane, pane.End - 1);
    }

    /// <summary>The groups of each bucket of a property.</summary>
    public static List<List<FacetGroup>> Groups(FacetState state, string property) =>
        state.Find(KeyHash.Of(property))!.Buckets.ConvertAll(bucket => bucket.Groups);

    /// <summary>Restores a state from all that another one saves.</summary>
    public static void Copy(FacetState from, IOperatorState to)
    {
        var changes = new ChangeWriter();
        from.Save(changes, everything: true);
        var written = changes.Build().Written;
        foreach (var section in FacetState.Layout.Sections)
        {
            foreach (var (key, value) in written.Where(entry => entry.Key.Section == section))
                to.Load(key, new StateReader(value.ToArray()));
        }

        to.EndLoad();
    }
}

using Rx.Alerting.Core.Panes;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Windows;

/// <summary>Releases of panes for marble tests.</summary>
internal static class Releases
{
    /// <summary>A pane of one second from <paramref name="start"/> (ms) with these views. The views' own times do not matter.</summary>
    public static PaneRelease Of(long start, params IEnumerable<TestView> views)
    {
        var pane = new Pane();
        pane.Reset(start, start + 1000);
        var batch = TestBatches.Of("p", views);
        foreach (ref readonly var view in batch.Views)
            pane.Add(batch, view);
        return new PaneRelease(pane, start + 999);
    }

    public static PaneRelease Punctuation(long watermark) => new(null, watermark);

    /// <summary>Views of one title, the first of which fail.</summary>
    public static IEnumerable<TestView> Traffic(string property, string title, int count, int failed = 0, string type = "x") =>
        Enumerable.Range(0, count)
            .Select(i => new TestView(0, property, title, i < failed ? type : "", i < failed ? $"{type} happened" : ""));
}

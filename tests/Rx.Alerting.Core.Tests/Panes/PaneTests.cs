using System.Globalization;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Panes;

public sealed class PaneTests
{
    [Fact]
    public void Add_ManyFailuresWithTextsOfTheirOwn_KeepsOnlyTheLatest()
    {
        var pane = new Pane();
        pane.Reset(0, 1_000_000);
        for (var i = 0; i < 100_000; i++)
            Add(pane, new TestView(i, "p", "t", "x", new string('m', i % 500) + i.ToString(CultureInfo.InvariantCulture)));

        ref readonly var error = ref pane.Error(0);
        Assert.Equal(new string('m', 499) + "99999", System.Text.Encoding.UTF8.GetString(pane.Text(error.Message.Range)));
        Assert.InRange(pane.TextLength, 1, 8192);
    }

    /// <summary>Few cells, which are sorted by insertion; and more cells.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public void Sort_SomeCells_KeepsTheOrderOfAll(int views)
    {
        var pane = new Pane();
        pane.Reset(0, 1_000_000);
        var random = new SplitMix(7);
        for (var i = 0; i < views; i++)
            Add(pane, new TestView(i, $"p{random.Next(20)}", $"t{random.Next(100)}"));
        int[] all = [.. new PaneOrder().Of(pane)];
        int[] some = [.. Enumerable.Range(0, pane.CellCount).Where(_ => random.Next(2) == 0)];

        new PaneOrder().Sort(pane, some);

        Assert.Equal(all.Where(some.Contains), some);
    }

    private static void Add(Pane pane, TestView view)
    {
        var batch = TestBatches.Of("p", view);
        pane.Add(batch, batch.Views[0]);
    }
}

using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Panes;

/// <summary>Which entries of open panes each save writes.</summary>
public sealed class PaneEntriesTests
{
    private readonly PaneState state = new(TimeSpan.FromSeconds(10), tracksChanges: true);
    private readonly Dictionary<StateKey, byte[]> kept = [];

    [Fact]
    public void Save_PaneGotAView_WritesThatViewOnly()
    {
        for (var i = 0; i < 100; i++)
            Count(new TestView(5, "p", $"t{i}"));
        var first = Save();
        Count(new TestView(6, "p", "t1"));
        var second = Save();

        Assert.Single(first.Written);
        var added = Assert.Single(second.Written);
        Assert.InRange(added.Value.Length, 1, first.Written[0].Value.Length / 20);
        Assert.Equal(101, Released(Restored(), long.MaxValue).Single().Cell(0).Views);
    }

    [Fact]
    public void Save_PaneGotNothing_WritesNothing()
    {
        Count(new TestView(5, "p", "t"));
        Save();

        var second = Save();

        Assert.Empty(second.Written);
        Assert.Empty(second.Removed);
    }

    [Theory]
    [InlineData(PaneEntries.Maximum - 1)]
    [InlineData(PaneEntries.Maximum)]
    [InlineData(PaneEntries.Maximum + 1)]
    [InlineData(PaneEntries.Maximum * 3)]
    public void Save_AfterEveryView_KeepsFewEntriesAndAllCounts(int saves)
    {
        for (var i = 0; i < saves; i++)
        {
            Count(new TestView(i, "p", "t", i % 2 == 0 ? "x" : string.Empty, $"message {i}"));
            Save();
            Assert.InRange(kept.Count, 1, PaneEntries.Maximum);
        }

        foreach (var restored in new[] { state, Restored() })
        {
            var pane = Released(restored, long.MaxValue).Single();
            Assert.Equal(saves, pane.Cell(0).Views);
            Assert.Equal((saves + 1) / 2, pane.Error(pane.Cell(0).FirstError).Count);
            Assert.Equal(
                $"message {(saves - 1) / 2 * 2}",
                System.Text.Encoding.UTF8.GetString(pane.Text(pane.Error(pane.Cell(0).FirstError).Message.Range)));
        }
    }

    [Fact]
    public void Save_PaneReleased_RemovesAllItsEntries()
    {
        for (var i = 0; i < 5; i++)
        {
            Count(new TestView(i, "p", "t"));
            Save();
        }

        Count(new TestView(5, "p", "t"));
        Assert.Equal(6, Released(state, 9_999).Single().Cell(0).Views);
        var after = Save();

        Assert.Equal(5, after.Removed.Count);
        Assert.Empty(after.Written);
        Assert.Empty(kept);
    }

    private void Count(TestView view)
    {
        var batch = TestBatches.Of("a", view);
        state.Of(batch.Views[0].EventTime).Add(batch, batch.Views[0]);
    }

    private StateChanges Save()
    {
        var writer = new ChangeWriter();
        state.Save(writer, everything: false);
        var changes = writer.Build();
        foreach (var key in changes.Removed)
            Assert.True(kept.Remove(key));
        foreach (var (key, value) in changes.Written)
            kept[key] = value.ToArray();
        return changes;
    }

    private PaneState Restored()
    {
        var restored = new PaneState(TimeSpan.FromSeconds(10), tracksChanges: true);
        foreach (var (key, value) in kept.Reverse())
            restored.Load(key, new StateReader(value));
        return restored;
    }

    private static List<Pane> Released(PaneState state, long watermark)
    {
        var panes = new List<Pane>();
        while (state.TryTake(watermark, out var pane))
            panes.Add(pane);
        return panes;
    }
}

using Rx.Alerting.Core.Panes;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Panes;

public sealed class SparePanesTests
{
    private readonly PaneState panes = new(TimeSpan.FromSeconds(1));
    private long second;

    [Fact]
    public void Return_ManyLargePanesAtOnce_KeepsBuffersUpToTheBound()
    {
        Count(seconds: 200, keys: 10_000);
        Release();

        // One pane has more than 500 KB, all together more than 100 MB.
        Assert.InRange(panes.SpareBytes, SparePanes.MaximumBytes / 2, SparePanes.MaximumBytes);
    }

    [Fact]
    public void Return_CalmAfterABurst_GivesTheLargeBuffersBack()
    {
        Count(seconds: 100, keys: 10_000);
        Release();
        var burst = panes.SpareBytes;

        for (var i = 0; i < 10; i++)
        {
            Count(seconds: 100, keys: 10);
            Release();
        }

        Assert.InRange(burst, 20 << 20, SparePanes.MaximumBytes);
        Assert.InRange(panes.SpareBytes, 1, 8 << 20);
    }

    [Fact]
    public void Return_LateViewsOfManyProperties_AreInTheBound()
    {
        for (var i = 0; i < 100; i++, second++)
        {
            var pane = panes.Of(second * 1000);
            for (var property = 0; property < 50_000; property++)
                pane.AddLate((ulong)property, 0);
        }

        Release();

        Assert.InRange(panes.SpareBytes, 1, SparePanes.MaximumBytes);
    }

    [Fact]
    public void Return_PanesOfManySizes_AllocateNothingInTheSteadyState()
    {
        var batch = TestBatches.Of("p", Enumerable.Range(0, 4000).Select(i => new TestView(0, "p", $"t{i}")));
        for (var i = 0; i < 20; i++)
            CountAll();
        AllocationAssert.None(CountAll);

        void CountAll()
        {
            for (var i = 0; i < 100; i++, second++)
            {
                var pane = panes.Of(second * 1000);
                foreach (ref readonly var view in batch.Views[..(1000 + (i * 37 % 30 * 100))])
                    pane.Add(batch, view);
                if (i % 20 == 19)
                    Release();
            }
        }
    }

    private void Count(int seconds, int keys)
    {
        var batch = TestBatches.Of("p", Enumerable.Range(0, keys).Select(i => new TestView(0, "p", $"title-{i}")));
        for (var i = 0; i < seconds; i++, second++)
        {
            var pane = panes.Of(second * 1000);
            foreach (ref readonly var view in batch.Views)
                pane.Add(batch, view);
        }
    }

    private void Release()
    {
        while (panes.TryTake(long.MaxValue, out var pane))
            panes.Return(pane);
    }
}

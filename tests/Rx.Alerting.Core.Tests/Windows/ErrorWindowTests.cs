using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Windows;

/// <summary>Compares windows with a naive recount, view by view, in plain LINQ.</summary>
public sealed class ErrorWindowTests
{
    private static readonly int[] Sizes = [20, 50, 100, 200, 500, 1000];

    private readonly FailedPanePool pool = new();

    [Fact]
    public void Walk_AnyPanes_EqualsRecount() => ForAnyHistory((history, window, position) =>
    {
        var walk = window.Walk(position);
        foreach (var size in Sizes)
            Assert.Equal(Recount(history, window.Start, size), walk.Extend(size));
    });

    [Fact]
    public void Latest_AfterSaveAndLoad_EqualsRecount() => ForAnyHistory((history, window, position) =>
    {
        var writer = new StateWriter();
        window.Save(writer);
        var loaded = ErrorWindow.Load(new StateReader(writer.Written));
        foreach (var size in Sizes)
            Assert.Equal(Recount(history, window.Start, size), loaded.Latest(position, size));
    });

    [Fact]
    public void Leave_EverythingOlderThanTheLargestWindow_GivesWhatTheWindowNoLongerHas() => ForAnyHistory((history, window, position) =>
    {
        var total = history.Where(pane => pane.Position >= window.Start).Sum(pane => (long)pane.Errors);
        Assert.Equal(total, window.Errors);

        var left = window.Leave(position - 1000, pool);

        Assert.Equal(total, left + window.Errors);
        Assert.Equal(window.Latest(position, long.MaxValue / 2).Errors, window.Errors);
        Assert.Equal(Recount(history, window.Start, 1000), window.Latest(position, 1000));
    });

    private void ForAnyHistory(Action<List<PaneCounts>, ErrorWindow, long> check) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new SplitMix((ulong)(uint)seed);
            var (history, window, position) = (new List<PaneCounts>(), new ErrorWindow(), 0L);
            var (largest, rate) = (1 + random.Next(200), random.NextDouble());
            for (var i = 0; i < random.Next(300); i++)
            {
                var views = 1 + random.Next(largest);
                var errors = Enumerable.Range(0, views).Count(_ => random.NextDouble() < rate);
                history.Add(new PaneCounts(position, views, errors, i * 1000));
                if (errors > 0)
                    window.Add(position, views, errors, i * 1000, pool);
                position += views;
                if (random.Next(100) == 0)
                    window.Restart(position);
            }

            check(history, window, position);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>The latest views of the window. If the window's begin cuts a pane with errors, the whole pane counts.</summary>
    private static WindowCount Recount(List<PaneCounts> history, long start, long size)
    {
        var end = history.Count == 0 ? 0 : history[^1].Position + history[^1].Views;
        var begin = Math.Max(start, end - size);
        var touched = history.Where(pane => pane.Errors > 0 && pane.Position >= start && pane.Position + pane.Views > begin).ToList();
        begin = touched.Select(pane => pane.Position).Append(begin).Min();
        return new WindowCount(
            end - begin, touched.Sum(pane => (long)pane.Errors), touched.Select(pane => pane.Start).Append(long.MaxValue).Min());
    }

    private sealed record PaneCounts(long Position, int Views, int Errors, long Start);
}

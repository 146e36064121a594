using System.Reactive.Linq;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>One partition of views in which a title breaks. A position is the number of batches before.</summary>
/// <param name="end">How many batches are pushed. With <see cref="All"/> the partition then finishes; with fewer it waits for
/// ever.</param>
internal sealed class NumberedSource(int end) : IViewSource
{
    public const int All = 60;
    private const int BatchViews = 50;
    private const long Start = 1_772_409_600_000;

    private readonly TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when all pushed batches are committed.</summary>
    public Task Committed => committed.Task;

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>((observer, stop) => Task.Run(
            async () =>
            {
                var begin = int.Parse(positions.GetValueOrDefault("p", "0"), System.Globalization.CultureInfo.InvariantCulture);
                for (var i = begin; i < end; i++)
                    observer.OnNext(Batch(i));
                if (end < All)
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
            stop));

    void IViewSource.Committed(IReadOnlyDictionary<string, string> positions)
    {
        if (positions.GetValueOrDefault("p") == $"{end}")
            committed.TrySetResult();
    }

    private static ViewBatch Batch(int number)
    {
        var views = Enumerable.Range(number * BatchViews, BatchViews).Select(i =>
        {
            var title = i % 5 == 0 ? "Frozen Corazón" : $"title-{i % 7}";
            var fails = (i % 5 == 0 && number is > 20 and < 35) || i % 40 == 7;
            return new TestView(Start + (i * 2_000L), "acme", title, fails ? "a" : "", fails ? "a happened" : "");
        });
        var batch = TestBatches.Of("p", views);
        batch.Position = $"{number + 1}";
        batch.Status = number + 1 == All ? PartitionStatus.Finished : PartitionStatus.Active;
        return batch;
    }
}

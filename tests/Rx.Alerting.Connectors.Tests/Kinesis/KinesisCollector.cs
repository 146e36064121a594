using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>Reads a source, keeps what it pushes, and lets a test wait for it.</summary>
internal sealed class KinesisCollector : IObserver<ViewBatch>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<Collected> batches = [];
    private readonly Action<KinesisCollector, Collected>? onNext;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? failure;
    private IDisposable? subscription;

    private KinesisCollector(Action<KinesisCollector, Collected>? onNext) => this.onNext = onNext;

    internal IReadOnlyList<Collected> Batches
    {
        get
        {
            lock (gate)
                return [.. batches];
        }
    }

    /// <summary>Starts reading; <paramref name="onNext"/> runs inside <c>OnNext</c>.</summary>
    internal static KinesisCollector Read(
        KinesisViewSource source,
        IReadOnlyDictionary<string, string>? positions = null,
        IPartitionGate? gate = null,
        Action<KinesisCollector, Collected>? onNext = null)
    {
        var collector = new KinesisCollector(onNext);
        collector.subscription = source.Read(positions ?? new Dictionary<string, string>(), gate ?? OpenGate.Instance).Subscribe(collector);
        return collector;
    }

    internal IReadOnlyList<string> Ids(string shard) => [.. Batches.Where(batch => batch.Partition == shard).SelectMany(batch => batch.Ids)];

    /// <summary>What the newest batch of a shard says; null before the first one.</summary>
    internal PartitionStatus? Status(string shard) => Batches.LastOrDefault(batch => batch.Partition == shard)?.Status;

    /// <summary>Ends when the condition holds; fails if the source does, or if that takes half a minute.</summary>
    internal async Task UntilAsync(Func<KinesisCollector, bool> condition, string what)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task next;
            lock (gate)
                next = failure is null ? changed.Task : throw failure;
            if (condition(this))
                return;
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
                Assert.Fail($"Not within {Patience.TotalSeconds} s: {what}. Last: {Batches.LastOrDefault()}");
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
        }
    }

    public void OnNext(ViewBatch value)
    {
        var ids = new List<string>();
        foreach (ref readonly var view in value.Views)
            ids.Add(value.String(view.Title));
        var rejected = 0;
        foreach (var count in value.Rejected)
            rejected += count;
        var batch = new Collected(value.Partition, value.Position, value.Status, ids, rejected);
        Change(() => batches.Add(batch));
        onNext?.Invoke(this, batch);
    }

    public void OnError(Exception error) => Change(() => failure = error);

    public void OnCompleted() => Change(() => failure = new InvalidOperationException("A stream has no end, yet the reading completed."));

    public void Dispose() => subscription?.Dispose();

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            change();
            before = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.SetResult();
    }
}

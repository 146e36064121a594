using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>Subscribes to a source, keeps what is pushed, and lets a test wait until that fulfils a condition.</summary>
internal sealed class BatchCollector : IObserver<ViewBatch>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<PushedBatch> batches = [];
    private readonly List<(Func<BatchCollector, bool> Condition, TaskCompletionSource Met)> waiting = [];
    private readonly Action<BatchCollector, PushedBatch>? onNext;
    private IDisposable? subscription;
    private int inside;

    private BatchCollector(Action<BatchCollector, PushedBatch>? onNext) => this.onNext = onNext;

    /// <summary>All batches so far.</summary>
    public IReadOnlyList<PushedBatch> Batches => Locked(() => batches.ToArray());

    public bool Completed { get; private set; }

    public Exception? Error { get; private set; }

    /// <summary>Whether a notification ever came before <c>OnNext</c> had returned, or after the end.</summary>
    public bool Overlapped { get; private set; }

    /// <summary>Starts reading. <paramref name="onNext"/> runs inside <c>OnNext</c>, where it may block or dispose.</summary>
    public static BatchCollector Read(
        IViewSource source,
        IReadOnlyDictionary<string, string>? positions = null,
        IPartitionGate? gate = null,
        Action<BatchCollector, PushedBatch>? onNext = null)
    {
        var collector = new BatchCollector(onNext);
        collector.subscription = source.Read(positions ?? new Dictionary<string, string>(), gate ?? OpenGate.Instance).Subscribe(collector);
        return collector;
    }

    /// <summary>The ids of a partition's views, in the order they were pushed.</summary>
    public IReadOnlyList<string> Ids(string partition) =>
        Locked(() => batches.Where(batch => batch.Partition == partition).SelectMany(batch => batch.Ids).ToArray());

    /// <summary>The status in the newest batch of a partition. Null before the first batch.</summary>
    public PartitionStatus? Status(string partition) => Locked(() => batches.FindLast(batch => batch.Partition == partition)?.Status);

    /// <summary>The newest position of each partition.</summary>
    public Dictionary<string, string> Positions() => PositionsAfter(Batches);

    public static Dictionary<string, string> PositionsAfter(IEnumerable<PushedBatch> batches)
    {
        var positions = new Dictionary<string, string>();
        foreach (var batch in batches.Where(batch => batch.Position is not null))
            positions[batch.Partition] = batch.Position!;
        return positions;
    }

    /// <summary>
    /// Ends when <paramref name="condition"/> holds. Fails if that takes longer than half a minute, or if the source has failed.
    /// </summary>
    public async Task UntilAsync(Func<BatchCollector, bool> condition, string what)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Locked(() =>
        {
            waiting.Add((condition, met));
            Check();
            return 0;
        });
        var begin = TimeProvider.System.GetTimestamp();
        // A condition may come true without a batch, so it is looked at again and again.
        while (await Task.WhenAny(met.Task, Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken)) != met.Task
            && TimeProvider.System.GetElapsedTime(begin) < Patience)
            Locked(() => Check());
        if (!met.Task.IsCompleted)
        {
            var pushed = Batches.TakeLast(40)
                .Select(batch => $"{batch.Partition}@{batch.Position}:{batch.Status}:{batch.Ids.Count}");
            Assert.Fail($"Not within {Patience.TotalSeconds} s: {what}. Pushed: {string.Join(' ', pushed)}");
        }

        await met.Task;
    }

    public void OnNext(ViewBatch value)
    {
        Enter();
        var batch = PushedBatch.Of(value);
        Locked(() =>
        {
            batches.Add(batch);
            Check();
            return 0;
        });
        onNext?.Invoke(this, batch);
        Interlocked.Decrement(ref inside);
    }

    public void OnCompleted() => End(() => Completed = true);

    public void OnError(Exception error) => End(() => Error = error);

    public void Dispose() => subscription?.Dispose();

    private void Enter()
    {
        if (Interlocked.Increment(ref inside) != 1 || Completed || Error is not null)
            Overlapped = true;
    }

    private void End(Action end)
    {
        Enter();
        Locked(() =>
        {
            end();
            Check();
            return 0;
        });
        Interlocked.Decrement(ref inside);
    }

    private int Check()
    {
        foreach (var (condition, met) in waiting)
        {
            if (Error is not null)
                met.TrySetException(Error);
            else if (!met.Task.IsCompleted && condition(this))
                met.TrySetResult();
        }

        return 0;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}

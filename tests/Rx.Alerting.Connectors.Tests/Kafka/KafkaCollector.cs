using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Reads a topic and keeps what comes.</summary>
internal sealed class KafkaCollector : IObserver<ViewBatch>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly object sync = new();
    private readonly List<(string Partition, int Title, long Arrival)> views = [];
    private readonly List<(string Partition, PartitionStatus Status, int Views)> batches = [];
    private readonly Dictionary<string, string> positions = [];
    private readonly IDisposable subscription;
    private Exception? failure;
    private int rejected;
    private int tombstones;
    private bool disposed;

    internal KafkaCollector(KafkaOptions options, IReadOnlyDictionary<string, string>? from = null, IPartitionGate? gate = null)
        : this(new KafkaViewSource(options, TimeProvider.System, NullLogger<KafkaViewSource>.Instance), from, gate)
    {
    }

    internal KafkaCollector(IViewSource source, IReadOnlyDictionary<string, string>? from = null, IPartitionGate? gate = null)
    {
        Source = source;
        subscription = source.Read(from ?? new Dictionary<string, string>(), gate ?? OpenGate.Instance).Subscribe(this);
    }

    internal IViewSource Source { get; }

    internal IReadOnlyList<int> Titles => Locked(() => views.Select(view => view.Title).Order().ToList());

    internal IReadOnlyList<(string Partition, int Title, long Arrival)> Views => Locked(() => views.ToList());

    internal IReadOnlyList<(string Partition, PartitionStatus Status, int Views)> Batches => Locked(() => batches.ToList());

    /// <summary>What a checkpoint would keep.</summary>
    internal IReadOnlyDictionary<string, string> Positions => Locked(() => new Dictionary<string, string>(positions));

    internal int Rejected => Locked(() => rejected);

    internal int Tombstones => Locked(() => tombstones);

    /// <summary>Waits until so many views have come.</summary>
    internal KafkaCollector Until(int count) => Until(() => views.Count >= count);

    internal KafkaCollector UntilIdle(string partition) =>
        Until(() => batches.FindLast(batch => batch.Partition == partition).Status == PartitionStatus.Idle);

    internal KafkaCollector UntilActive(string partition) =>
        Until(() => batches.FindLast(batch => batch.Partition == partition).Status == PartitionStatus.Active);

    internal KafkaCollector Until(Func<bool> condition)
    {
        lock (sync)
        {
            while (!condition())
            {
                if (failure is not null)
                    throw new InvalidOperationException("Reading failed.", failure);
                Assert.True(Monitor.Wait(sync, Patience), $"Nothing came any more after {views.Count} views.");
            }
        }

        return this;
    }

    internal KafkaSourceException Failure()
    {
        lock (sync)
        {
            while (failure is null)
                Assert.True(Monitor.Wait(sync, Patience), "Reading did not fail.");
            return Assert.IsType<KafkaSourceException>(failure);
        }
    }

    public void OnNext(ViewBatch value)
    {
        lock (sync)
        {
            if (disposed)
                return;
            foreach (var view in value.Views)
                views.Add((value.Partition, int.Parse(value.String(view.Title), CultureInfo.InvariantCulture), view.ArrivalTime));
            foreach (var count in value.Rejected)
                rejected += count;
            tombstones += value.Rejected[(int)RejectionReason.Tombstone];
            batches.Add((value.Partition, value.Status, value.ViewCount));
            if (value.Position is { } position)
                positions[value.Partition] = position;
            else
                positions.Remove(value.Partition);
            Monitor.PulseAll(sync);
        }
    }

    public void OnError(Exception error)
    {
        lock (sync)
        {
            failure = error;
            Monitor.PulseAll(sync);
        }
    }

    public void OnCompleted() => OnError(new InvalidOperationException("Reading completed."));

    /// <summary>Ends the subscription. Not even a batch that is on its way is taken.</summary>
    public void Dispose()
    {
        lock (sync)
            disposed = true;
        subscription.Dispose();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (sync)
            return read();
    }
}

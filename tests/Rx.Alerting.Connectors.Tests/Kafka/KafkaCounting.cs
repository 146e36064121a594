using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>A pipeline that reads a topic, and how many records of each partition it has taken.</summary>
internal sealed class KafkaCounting : IObserver<ViewBatch>, IPartitionGate, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Lock gate = new();
    private readonly DetectionPipeline pipeline;
    private readonly Dictionary<string, int> taken = [];
    private readonly HashSet<string> idle = [];
    private readonly KafkaTopic topic;
    private readonly IDisposable subscription;
    private Exception? failure;

    /// <param name="topic">What is read.</param>
    /// <param name="options">Null: the defaults.</param>
    public KafkaCounting(KafkaTopic topic, PipelineOptions? options = null)
    {
        this.topic = topic;
        pipeline = new(options ?? new(), clock: TimeProvider.System);
        var source = new KafkaViewSource(topic.Options, TimeProvider.System, NullLogger<KafkaViewSource>.Instance);
        subscription = source.Read(new Dictionary<string, string>(), this).Subscribe(this);
    }

    /// <summary>Waits until so many records of the partition are counted, late or rejected. Gives the statistics.</summary>
    public PipelineStatistics Until(int partition, int count)
    {
        Wait(() => taken.GetValueOrDefault(Name(partition)) >= count
            && pipeline.Statistics is { } now
            && now.Views + now.Late + now.Rejected.Sum() >= count);
        lock (gate)
            return pipeline.Statistics;
    }

    /// <summary>Waits until all of the partition is read, or it is not read on.</summary>
    public void UntilIdleOrHeld(int partition) => Wait(() => idle.Contains(Name(partition)) || !pipeline.Alignment.IsOpen(Name(partition)));

    /// <summary>Waits until the partition holds event time.</summary>
    public void UntilActive(int partition) => Wait(() => !idle.Contains(Name(partition)));

    public bool IsOpen(string partition)
    {
        lock (gate)
            return pipeline.Alignment.IsOpen(partition);
    }

    public void OnNext(ViewBatch value)
    {
        lock (gate)
        {
            taken[value.Partition] = taken.GetValueOrDefault(value.Partition) + value.ViewCount + value.Rejected.ToArray().Sum();
            if (value.Status == PartitionStatus.Idle)
                idle.Add(value.Partition);
            else
                idle.Remove(value.Partition);
            pipeline.OnNext(value);
        }
    }

    public void OnError(Exception error) => failure = error;

    public void OnCompleted() => failure = new InvalidOperationException("Reading completed.");

    public void Dispose()
    {
        subscription.Dispose();
        pipeline.Dispose();
    }

    private string Name(int partition) => $"{topic.Name}-{partition}";

    private void Wait(Func<bool> condition)
    {
        var met = SpinWait.SpinUntil(
            () =>
            {
                lock (gate)
                    return failure is not null || condition();
            },
            Patience);
        Assert.Null(failure);
        Assert.True(met, "The records did not come.");
    }
}

using System.Collections.Concurrent;
using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kafka.Membership;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class AssignedPartitionsTests
{
    private static readonly TopicPartition[] Views0 = [new("views", 0)];

    [Fact]
    public async Task Start_LostPartitionWhosePipelineHasNotEnded_BeginsBehindIt()
    {
        var runs = new ConcurrentQueue<TaskCompletionSource>([new(), new()]);
        var begun = new ConcurrentQueue<CancellationToken>();
        var first = runs.First();
        var log = new RecordedLog<AssignedPartitionsTests>();
        var partitions = new AssignedPartitions(
            new KafkaOptions(),
            (_, _, revoked) =>
            {
                begun.Enqueue(revoked);
                runs.TryDequeue(out var end);
                return end!.Task;
            },
            _ => { },
            new KafkaCounters(),
            TimeProvider.System,
            log);

        partitions.Start(Views0);
        await Begun(1);
        partitions.Stop(Views0, lost: true);
        Assert.True(begun.Single().IsCancellationRequested);
        partitions.Start(Views0);
        log.Until(4114);
        Assert.Single(begun);
        first.SetException(new InvalidDataException("of the lost one"));
        await Begun(2);

        Assert.False(begun.Last().IsCancellationRequested);
        partitions.ThrowIfFailed();

        async Task Begun(int count)
        {
            while (begun.Count < count)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

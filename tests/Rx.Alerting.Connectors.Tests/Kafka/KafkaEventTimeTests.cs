using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Other programs' clocks: what they write in event times and in the times of records makes no other view late.</summary>
public sealed class KafkaEventTimeTests(KafkaFixture kafka)
{
    private const long Year2035 = 2_051_222_400_000;
    private const long Minute = 60_000;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_OneViewOf2035_IsRejectedAndMakesNoOtherLate(bool stamps)
    {
        using var topic = kafka.Topic(stamps: stamps);
        using var counting = new Counting(topic);
        topic.Write(0, 0, Now, Now);
        counting.Until(0, 1);
        topic.Write(0, 1, Year2035, Year2035);
        for (var title = 2; title < 20; title++)
            topic.Write(0, title, Now, Now);

        var counted = counting.Until(0, 20);
        Assert.Equal((19, 0, 1), (counted.Views, counted.Late, counted.Rejected[(int)RejectionReason.FarFuture]));
        Assert.InRange(counted.Watermark!.Value.ToUnixTimeMilliseconds(), 0, Now);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1_790_000_000)]
    [InlineData(Year2035)]
    public void Read_AnyTimeOfTheProducer_CountsAllViews(long createTime)
    {
        using var topic = kafka.Topic();
        using var counting = new Counting(topic);
        for (var title = 0; title < 20; title++)
            topic.Write(0, title, Now, createTime);

        Assert.Equal(20, counting.Until(0, 20).Views);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Read_ClockFastByAnHourInOneOfThreePartitions_MakesNoViewOfTheOthersLate(bool stamps, bool atOnce)
    {
        const int rounds = 15;
        using var topic = kafka.Topic(partitions: 3, stamps);
        using var counting = new Counting(topic);
        for (var round = 0; round < rounds; round++)
        {
            topic.Write(0, round, Now + (59 * Minute), Now);
            if (!atOnce)
                counting.UntilIdleOrHeld(0);
            topic.Write(1, round, Now, Now);
            topic.Write(2, round, Now - Minute, Now);
            if (!atOnce)
                counting.Until(1, round + 1);
        }

        counting.Until(1, rounds);
        Assert.Equal(0, counting.Until(2, rounds).Late);
    }

    /// <summary>A pipeline that reads a topic, and how many records of each partition it has taken.</summary>
    private sealed class Counting : IObserver<ViewBatch>, IPartitionGate, IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

        private readonly Lock gate = new();
        private readonly DetectionPipeline pipeline = new(new PipelineOptions(), clock: TimeProvider.System);
        private readonly Dictionary<string, int> taken = [];
        private readonly HashSet<string> idle = [];
        private readonly KafkaTopic topic;
        private readonly IDisposable subscription;
        private Exception? failure;

        public Counting(KafkaTopic topic)
        {
            this.topic = topic;
            var source = new KafkaViewSource(topic.Options, TimeProvider.System, NullLogger<KafkaViewSource>.Instance);
            subscription = source.Read(new Dictionary<string, string>(), this).Subscribe(this);
        }

        /// <summary>Waits until so many records of the partition are counted, late or rejected, and tells what became of all.</summary>
        public PipelineStatistics Until(int partition, int count)
        {
            Wait(() => taken.GetValueOrDefault(Name(partition)) >= count && pipeline.Statistics is { } now && now.Views + now.Late + now.Rejected.Sum() >= count);
            lock (gate)
                return pipeline.Statistics;
        }

        /// <summary>Waits until all of the partition is read, or it is not read on.</summary>
        public void UntilIdleOrHeld(int partition) => Wait(() => idle.Contains(Name(partition)) || !pipeline.Alignment.IsOpen(Name(partition)));

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
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

public sealed class KafkaPartitionAssignmentsTests(KafkaFixture kafka)
{
    [Fact]
    public async Task RunAsync_OneOfTwoMembersLeaves_ItsPartitionsMoveAfterItsPipelinesEnded()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(0, 0, 10);
        topic.Write(1, 10, 10);
        var owners = new Owners();
        using var firstStops = new CancellationTokenSource();
        using var secondStops = new CancellationTokenSource();

        var first = Member(topic.Options, "first", owners, firstStops.Token);
        await owners.Until("first", 2);
        var second = Member(topic.Options, "second", owners, secondStops.Token);
        await owners.Until("first", 1);
        await owners.Until("second", 1);
        await firstStops.CancelAsync();
        await first;
        await owners.Until("second", 2);

        await secondStops.CancelAsync();
        await second;
        Assert.Equal(0, owners.Overlaps);
        Assert.All(
            owners.Titles,
            titles => Assert.Equal(
                titles.Key.Contains("-0 ", StringComparison.Ordinal) ? Enumerable.Range(0, 10) : Enumerable.Range(10, 10), titles.Value));
    }

    [Fact]
    public async Task RunAsync_PipelineFails_FailsWithIt()
    {
        using var topic = kafka.Topic();
        var assignments = new KafkaPartitionAssignments(topic.Options, TimeProvider.System, NullLogger<KafkaPartitionAssignments>.Instance);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => assignments.RunAsync((_, _, _) => Task.FromException(new InvalidDataException()), TestContext.Current.CancellationToken));

        Assert.NotNull(failure);
    }

    private static Task Member(KafkaOptions options, string name, Owners owners, CancellationToken stop) =>
        new KafkaPartitionAssignments(options, TimeProvider.System, NullLogger<KafkaPartitionAssignments>.Instance)
            .RunAsync((partition, source, revoked) => owners.Run(name, partition, source, revoked), stop);

    private sealed class Owners
    {
        private readonly ConcurrentDictionary<string, string> owners = new();

        internal int Overlaps;

        internal ConcurrentDictionary<string, IReadOnlyList<int>> Titles { get; } = new();

        internal async Task Run(string member, string partition, IViewSource source, CancellationToken revoked)
        {
            using var reading = new KafkaCollector(source);
            Titles[partition + " " + member] = reading.Until(10).Titles;
            if (!owners.TryAdd(partition, member))
                Interlocked.Increment(ref Overlaps);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, revoked).ContinueWith(_ => { }, TaskScheduler.Default);
            owners.TryRemove(partition, out _);
        }

        internal async Task Until(string member, int count)
        {
            for (var attempt = 0; owners.Count(owner => owner.Value == member) != count; attempt++)
            {
                Assert.True(attempt < 600, $"{member} does not get {count} partitions: {string.Join(' ', owners)}");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}

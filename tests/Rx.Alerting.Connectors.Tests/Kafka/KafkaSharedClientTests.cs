using System.Collections.Concurrent;
using System.Globalization;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>All partitions that are assigned to a process are read by one client, and do not disturb one another.</summary>
public sealed class KafkaSharedClientTests(KafkaFixture kafka)
{
    [Fact]
    public async Task RunAsync_ManyPartitions_HasAFewConnections()
    {
        const int partitions = 32;
        using var broker = KafkaFixture.Needed(KafkaBroker.TryStart());
        using var topic = KafkaTopic.Create(broker.BootstrapServers, partitions);
        for (var partition = 0; partition < partitions; partition++)
            topic.Write(partition, partition, 1);
        var before = Connections(broker);
        await using var member = new Member(topic, partitions);

        foreach (var number in Enumerable.Range(0, partitions))
            Assert.Equal([number], (await member.ReadAsync(number)).Until(1).UntilIdle(member.Name(number)).Titles);

        // Connections of the membership and of the reading: to the given address, to the broker, and to the group's coordinator.
        Assert.InRange(Connections(broker) - before, 1, 8);
    }

    [Fact]
    public async Task Read_AgainFromAnEarlierPosition_GoesOnThereWhileOthersGoOn()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(0, 0, 100);
        topic.Write(1, 1000, 100);
        await using var member = new Member(topic, 2);
        var other = (await member.ReadAsync(1)).Until(100);
        var first = (await member.ReadAsync(0)).Until(100).UntilIdle(member.Name(0));
        var begin = first.Positions;
        first.Dispose();
        topic.Write(0, 100, 100);

        // Reads again and again, as after a store has lost commits, and not always from where the reading before was.
        for (var round = 0; round < 5; round++)
        {
            using var again = member.Again(0, round % 2 == 0 ? begin : null);
            var from = round % 2 == 0 ? 100 : 0;
            Assert.Equal(Enumerable.Range(from, 200 - from), again.Until(200 - from).UntilIdle(member.Name(0)).Titles);
            topic.Write(1, 1100 + round, 1);
        }

        Assert.Equal(Enumerable.Range(1000, 105), other.Until(105).UntilIdle(member.Name(1)).Titles);
    }

    [Fact]
    public async Task Read_GateOfOnePartitionClosed_KeepsTheOthersComing()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(0, 0, 5000);
        topic.Write(1, 5000, 5000);
        var gate = new Gate();
        await using var member = new Member(topic, 2, gate);
        var closed = await member.ReadAsync(0);
        (await member.ReadAsync(1)).Until(5000).UntilIdle(member.Name(1));
        Assert.Empty(closed.Titles);

        gate.Open = true;

        Assert.Equal(Enumerable.Range(0, 5000), closed.Until(5000).UntilIdle(member.Name(0)).Titles);
    }

    [Fact]
    public async Task RunAsync_PipelineOfOnePartitionEndsItsReadingInTheMiddle_LetsTheOthersRead()
    {
        using var topic = kafka.Topic(partitions: 2);
        topic.Write(0, 0, 20_000);
        topic.Write(1, 20_000, 20_000);
        await using var member = new Member(topic, 2);

        (await member.ReadAsync(0)).Until(1).Dispose();

        Assert.Equal(Enumerable.Range(20_000, 20_000), (await member.ReadAsync(1)).Until(20_000).UntilIdle(member.Name(1)).Titles);
        using var again = member.Again(0, null);
        Assert.Equal(Enumerable.Range(0, 20_000), again.Until(20_000).Titles);
    }

    private static int Connections(KafkaBroker broker)
    {
        var port = int.Parse(broker.BootstrapServers.Split(':')[1], CultureInfo.InvariantCulture);
        return IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(connection => connection.State == TcpState.Established && connection.RemoteEndPoint.Port == port);
    }

    /// <summary>A gate that holds partition 0 until the test opens it.</summary>
    private sealed class Gate : IPartitionGate
    {
        internal volatile bool Open;

        public bool IsOpen(string partition) => Open || !partition.EndsWith("-0", StringComparison.Ordinal);
    }

    /// <summary>A process that is assigned all partitions, and reads each at once.</summary>
    private sealed class Member : IAsyncDisposable
    {
        private readonly KafkaTopic topic;
        private readonly CancellationTokenSource stop = new();
        private readonly TaskCompletionSource<KafkaCollector>[] readings;
        private readonly ConcurrentDictionary<string, IViewSource> sources = [];
        private readonly Task running;

        internal Member(KafkaTopic topic, int partitions, IPartitionGate? gate = null)
        {
            this.topic = topic;
            readings = [.. Enumerable.Range(0, partitions).Select(_ => new TaskCompletionSource<KafkaCollector>())];
            var assignments = new KafkaPartitionAssignments(
                topic.Options, TimeProvider.System, NullLogger<KafkaPartitionAssignments>.Instance);
            running = assignments.RunAsync((partition, source, revoked) => RunAsync(partition, source, gate, revoked), stop.Token);
        }

        internal string Name(int partition) => $"{topic.Name}-{partition}";

        internal Task<KafkaCollector> ReadAsync(int partition) =>
            readings[partition].Task.WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);

        /// <summary>Reads a partition again, by the same source.</summary>
        internal KafkaCollector Again(int partition, IReadOnlyDictionary<string, string>? from) => new(sources[Name(partition)], from);

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }

        private async Task RunAsync(string partition, IViewSource source, IPartitionGate? gate, CancellationToken revoked)
        {
            sources[partition] = source;
            using var reading = new KafkaCollector(source, gate: gate);
            readings[int.Parse(partition[(topic.Name.Length + 1)..], CultureInfo.InvariantCulture)].SetResult(reading);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, revoked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>A topic under the contract of sources. It has no end.</summary>
internal sealed class KafkaSourceFixture(KafkaTopic topic, int partitions) : SourceFixture
{
    private long second;

    public override SourceAbilities Abilities =>
        SourceAbilities.Append | SourceAbilities.Follow | SourceAbilities.Idle | SourceAbilities.Hold;

    public override IReadOnlyList<string> Partitions =>
        [.. Enumerable.Range(0, partitions).Select(partition => $"{topic.Name}-{partition}")];

    public override IViewSource Open() =>
        new KafkaViewSource(topic.Options with { BatchViews = 10 }, TimeProvider.System, NullLogger<KafkaViewSource>.Instance);

    public override Task AppendAsync(int partition, IReadOnlyList<string> ids)
    {
        topic.Write(partition, ids.Select(id => Encoding.UTF8.GetBytes(MuxJson(id, second++))));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        topic.Dispose();
        return ValueTask.CompletedTask;
    }
}

using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>What a topic is made of just now.</summary>
/// <param name="Id">Empty where brokers give none.</param>
/// <param name="Partitions">How many partitions it has.</param>
internal readonly record struct TopicShape(string Id, int Partitions);

/// <summary>Asks brokers about a topic, through the consumer's own connections.</summary>
internal sealed class TopicAccess(Handle handle, string topic) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly IAdminClient admin = new DependentAdminClientBuilder(handle).Build();

    /// <exception cref="KafkaSourceException">The topic does not exist, or may not be seen.</exception>
    internal async Task<TopicShape> DescribeAsync()
    {
        try
        {
            var result = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), new() { RequestTimeout = Timeout }).ConfigureAwait(false);
            var description = result.TopicDescriptions[0];
            Failures.Throw(description.Error, topic);
            return new(description.TopicId is { } id && (id.MostSignificantBits, id.LeastSignificantBits) != (0, 0) ? id.ToString() : string.Empty, description.Partitions.Count);
        }
        catch (DescribeTopicsException e)
        {
            Failures.Throw(e.Results.TopicDescriptions.FirstOrDefault()?.Error ?? e.Error, topic);
            throw;
        }
    }

    /// <summary>The offset of the oldest record, or behind the newest one, of every partition.</summary>
    internal async Task<long[]> OffsetsAsync(IReadOnlyList<TopicPartition> partitions, OffsetSpec which)
    {
        try
        {
            var specs = partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = which });
            var result = await admin.ListOffsetsAsync(specs, new() { RequestTimeout = Timeout }).ConfigureAwait(false);
            var offsets = result.ResultInfos.ToDictionary(
                info => info.TopicPartitionOffsetError.TopicPartition,
                info => info.TopicPartitionOffsetError.Offset.Value);
            return [.. partitions.Select(partition => offsets[partition])];
        }
        catch (ListOffsetsException e)
        {
            var error = e.Result.ResultInfos.Select(info => info.TopicPartitionOffsetError.Error).FirstOrDefault(error => error.IsError) ?? e.Error;
            Failures.Throw(error, topic);
            throw new KafkaException(error);
        }
    }

    public void Dispose() => admin.Dispose();
}

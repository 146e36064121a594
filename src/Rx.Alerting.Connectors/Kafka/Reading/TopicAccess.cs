using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>The id of a topic, and how many partitions it has now.</summary>
/// <param name="Id">The topic's id; empty if brokers give none.</param>
/// <param name="Partitions">The number of partitions.</param>
internal readonly record struct TopicShape(string Id, int Partitions);

/// <summary>Asks brokers about a topic, by the connections of the client.</summary>
internal sealed class TopicAccess(Handle handle, string topic) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly IAdminClient admin = new DependentAdminClientBuilder(handle).Build();

    /// <exception cref="KafkaSourceException">The topic does not exist, or may not be seen.</exception>
    internal async Task<TopicShape> DescribeAsync()
    {
        try
        {
            var topics = TopicCollection.OfTopicNames([topic]);
            var result = await admin.DescribeTopicsAsync(topics, new() { RequestTimeout = Timeout }).ConfigureAwait(false);
            var description = result.TopicDescriptions[0];
            Failures.Throw(description.Error, topic);
            var hasId = description.TopicId is { } id && (id.MostSignificantBits, id.LeastSignificantBits) != (0, 0);
            return new(hasId ? description.TopicId!.ToString() : string.Empty, description.Partitions.Count);
        }
        catch (DescribeTopicsException e)
        {
            Failures.Throw(e.Results.TopicDescriptions.FirstOrDefault()?.Error ?? e.Error, topic);
            throw;
        }
    }

    /// <summary>Gives an offset of every partition: of the oldest record, behind the newest record, or of a time.</summary>
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
            var errors = e.Result.ResultInfos.Select(info => info.TopicPartitionOffsetError.Error);
            var error = errors.FirstOrDefault(error => error.IsError) ?? e.Error;
            Failures.Throw(error, topic);
            throw new KafkaException(error);
        }
    }

    public void Dispose() => admin.Dispose();
}

using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>Decides where to go on in a partition, from its position and the offsets that the partition has.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A position behind the partition's end, or with another topic id, belongs to an earlier topic of the same name.</item>
/// <item>A position before the oldest record has a gap: records behind it were removed.</item>
/// <item>Any other position is gone on from as it is.</item>
/// </list>
/// </remarks>
internal sealed class StartOffsets(KafkaOptions options, KafkaCounters counters, ILogger logger)
{
    internal KafkaPosition Known(string name, KafkaPosition position, string topicId, long oldest, long end)
    {
        var another = position.TopicId.Length > 0 && topicId.Length > 0 && position.TopicId != topicId;
        if (another || position.Next > end)
            return Recreated(name, position, topicId, oldest);
        if (position.Next >= oldest)
            return position with { TopicId = topicId };

        if (options.OnGap == OnGap.Fail)
        {
            throw new KafkaSourceException(
                KafkaProblem.Gap,
                $"{name}: {oldest - position.Next} records from offset {position.Next} on were removed by retention; "
                + "set Kafka:OnGap to skip to go on without them.");
        }

        counters.Skip(oldest - position.Next);
        KafkaLog.Skipped(logger, name, oldest - position.Next, position.Next);
        return new(oldest, topicId);
    }

    /// <summary>A partition that was read before does not exist any more.</summary>
    internal void Gone(string name, KafkaPosition position)
    {
        if (options.OnGap == OnGap.Fail)
        {
            throw new KafkaSourceException(
                KafkaProblem.TopicRecreated,
                $"{name}: the topic was created again, with fewer partitions, since offset {position.Next} was read; "
                + "set Kafka:OnGap to skip to go on without this one.");
        }

        counters.Recreate();
        KafkaLog.Gone(logger, name, position.Next);
    }

    internal static KafkaPosition Parse(string name, string text) => KafkaPosition.TryParse(text, out var position)
        ? position
        : throw new KafkaSourceException(
            KafkaProblem.Position, $"{name}: \"{text}\" is no position in a Kafka topic; the checkpoint is of another source.");

    private KafkaPosition Recreated(string name, KafkaPosition position, string topicId, long oldest)
    {
        if (options.OnGap == OnGap.Fail)
        {
            throw new KafkaSourceException(
                KafkaProblem.TopicRecreated,
                $"{name}: the topic was created again since offset {position.Next} was read; "
                + "set Kafka:OnGap to skip to read the new one from its beginning.");
        }

        counters.Recreate();
        KafkaLog.Recreated(logger, name, position.Next);
        return new(oldest, topicId);
    }
}

using System.Globalization;
using Confluent.Kafka;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Asks the brokers how far a consumer group has come in the topic.</summary>
internal static class KafkaGroupOffsets
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="options">Validated options.</param>
    /// <param name="partition">The partition that is asked for; null: all partitions of the topic.</param>
    /// <param name="time">Paces attempts.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<EarlierReading> FindAsync(KafkaOptions options, int? partition, TimeProvider time, CancellationToken cancel)
    {
        using var enough = new CancellationTokenSource(Patience, time);
        // With the settings of the reading, so that the brokers let this client in, too.
        using var client = KafkaLibrary.Build(() => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForMembership(options))
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build());
        using var admin = new DependentAdminClientBuilder(client.Handle).Build();
        while (!enough.IsCancellationRequested)
        {
            try
            {
                var answer = await admin.ListConsumerGroupOffsetsAsync([new(options.GroupId, null)], new() { RequestTimeout = Timeout })
                    .WaitAsync(Timeout, cancel).ConfigureAwait(false);
                var committed = answer[0].Partitions.Where(known =>
                    !known.Error.IsError
                    && known.Topic == options.Topic
                    && known.Offset.Value >= 0
                    && (partition is null || known.Partition.Value == partition));
                return Of(committed, options);
            }
            catch (KafkaException e) when (!e.Error.IsLocalError)
            {
                // After the first question for a group, brokers say for a while that the group has no coordinator yet.
                await Task.Delay(Pause, time, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is KafkaException or TimeoutException)
            {
                break;
            }
        }

        return default;
    }

    private static EarlierReading Of(IEnumerable<TopicPartitionOffsetError> offsets, KafkaOptions options)
    {
        if (offsets.MaxBy(known => known.Offset.Value) is not { } furthest)
            return EarlierReading.None;
        var partition = furthest.Partition.Value;
        var offset = furthest.Offset.Value;
        return new(true, string.Create(
            CultureInfo.InvariantCulture,
            $"the consumer group “{options.GroupId}” has read partition {partition} of the topic {options.Topic} "
            + $"up to offset {offset} before"));
    }
}

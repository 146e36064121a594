using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>What happens if the stream no longer has the records that are to be read next.</summary>
internal static class Gaps
{
    /// <summary>Counts and logs a gap, or fails, as the options say.</summary>
    /// <exception cref="KinesisSourceException">The options say to fail.</exception>
    internal static void Found(StreamAccess stream, string shard, ShardPosition position)
    {
        if (stream.Options.OnGap == OnGap.Fail)
        {
            throw new KinesisSourceException(
                $"Shard {shard} of stream {stream.Options.StreamName} no longer has what comes behind {position}: "
                + "its retention has passed, "
                + "or the stream was made anew. Set Kinesis:OnGap to skip to go on with the oldest record, or reset the checkpoint");
        }

        stream.Counters.Gap();
        KinesisLog.Gap(stream.Logger, stream.Options.StreamName, shard, position.ToString());
    }

    /// <summary>Compares sequence numbers, which are decimal numbers of any length. 0 if the second is missing.</summary>
    internal static int Compare(string first, string? second)
    {
        if (second is null)
            return 0;
        first = first.TrimStart('0');
        second = second.TrimStart('0');
        return first.Length != second.Length ? first.Length.CompareTo(second.Length) : string.CompareOrdinal(first, second);
    }
}

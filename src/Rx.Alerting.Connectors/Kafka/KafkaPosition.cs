using System.Globalization;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Where to read on in a partition: <c>1234@topic-id</c>, or <c>1234</c> if brokers give topics no ids.</summary>
/// <param name="Next">Offset of the next record.</param>
/// <param name="TopicId">Tells a topic from a later topic of the same name. Empty if it is not known.</param>
internal readonly record struct KafkaPosition(long Next, string TopicId)
{
    internal static bool TryParse(string text, out KafkaPosition position)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var offset = at < 0 ? text : text[..at];
        var parsed = long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var next);
        position = new(next, at < 0 ? string.Empty : text[(at + 1)..]);
        return parsed;
    }

    public override string ToString() =>
        TopicId.Length == 0
            ? Next.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Next}@{TopicId}");
}

using System.Globalization;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

internal enum ShardPositionKind
{
    TrimHorizon,
    Timestamp,
    Record,
    End,
}

/// <summary>
/// Where to read on in a shard. As text: <c>TRIM_HORIZON</c>, <c>AT_TIMESTAMP:</c> and milliseconds since the Unix epoch,
/// the sequence number of the last record that was read, followed by <c>:</c> and the number of the last part that was if it is an
/// aggregated record read in part, or by <c>@</c> and when nothing was behind it, in milliseconds since the Unix epoch; or <c>SHARD_END</c>.
/// </summary>
/// <param name="Kind">What the other values are.</param>
/// <param name="Sequence">The sequence number of the last record that was read.</param>
/// <param name="Part">The last part of it that was read, from 0; null if all were.</param>
/// <param name="Milliseconds">Since the Unix epoch: the time to start at, or, behind a record, the latest at which no other was known to follow; 0: unknown.</param>
internal readonly record struct ShardPosition(ShardPositionKind Kind, string? Sequence = null, int? Part = null, long Milliseconds = 0)
{
    private const string TrimHorizonText = "TRIM_HORIZON";
    private const string EndText = "SHARD_END";
    private const string TimestampText = "AT_TIMESTAMP:";

    internal static readonly ShardPosition TrimHorizon = new(ShardPositionKind.TrimHorizon);
    internal static readonly ShardPosition End = new(ShardPositionKind.End);

    internal static ShardPosition At(DateTimeOffset time) => new(ShardPositionKind.Timestamp, Milliseconds: time.ToUnixTimeMilliseconds());

    internal static ShardPosition After(string sequence, int? part = null) => new(ShardPositionKind.Record, sequence, part);

    /// <summary>The same position, at which the shard was seen to have nothing more.</summary>
    internal ShardPosition CaughtUp(DateTimeOffset time) =>
        Kind == ShardPositionKind.Record && Part is null ? this with { Milliseconds = time.ToUnixTimeMilliseconds() } : this;

    internal static bool TryParse(string text, out ShardPosition position)
    {
        position = text switch
        {
            TrimHorizonText => TrimHorizon,
            EndText => End,
            _ => default,
        };
        if (text is TrimHorizonText or EndText)
            return true;
        if (text.StartsWith(TimestampText, StringComparison.Ordinal))
        {
            var valid = long.TryParse(text.AsSpan(TimestampText.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var time);
            position = new(ShardPositionKind.Timestamp, Milliseconds: time);
            return valid;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var caughtUp = 0L;
        if (at >= 0 && !(long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out caughtUp) && caughtUp <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
            return false;
        text = at < 0 ? text : text[..at];
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var sequence = colon < 0 ? text : text[..colon];
        var part = 0;
        if (sequence.Length == 0 || !sequence.All(char.IsAsciiDigit)
            || (colon >= 0 && (at >= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out part))))
            return false;
        position = After(sequence, colon < 0 ? null : part) with { Milliseconds = caughtUp };
        return true;
    }

    public override string ToString() => Kind switch
    {
        ShardPositionKind.TrimHorizon => TrimHorizonText,
        ShardPositionKind.End => EndText,
        ShardPositionKind.Timestamp => string.Create(CultureInfo.InvariantCulture, $"{TimestampText}{Milliseconds}"),
        _ when Part is { } part => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{part}"),
        _ when Milliseconds > 0 => string.Create(CultureInfo.InvariantCulture, $"{Sequence}@{Milliseconds}"),
        _ => Sequence!,
    };
}

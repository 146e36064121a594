using System.Globalization;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

internal enum ShardPositionKind
{
    TrimHorizon,
    Timestamp,
    Record,
    End,
}

/// <summary>Where to read on in a shard.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>text</term><description>read on</description></listheader>
/// <item><term><c>TRIM_HORIZON</c></term><description>with the oldest record</description></item>
/// <item><term><c>AT_TIMESTAMP:1234</c></term><description>with the first record from that time on</description></item>
/// <item><term><c>4959</c></term><description>behind the record of this sequence number</description></item>
/// <item><term><c>4959:7</c></term><description>behind the part of this number of an aggregated record, counted from 0</description></item>
/// <item><term><c>4959@1234</c></term><description>behind the record, which was the newest at that time</description></item>
/// <item><term><c>SHARD_END</c></term><description>nowhere: the shard has been read to its end</description></item>
/// </list>
/// Times are in milliseconds since the Unix epoch.
/// </remarks>
/// <param name="Kind">Which of the other values count.</param>
/// <param name="Sequence">The sequence number of the last record that was read.</param>
/// <param name="Part">The last part of that record that was read, from 0. Null if the whole record was read.</param>
/// <param name="Milliseconds">
/// Since the Unix epoch. Of a timestamp, the time to start at. Of a record, the latest time at which it was known to be the newest; 0 if
/// unknown.
/// </param>
internal readonly record struct ShardPosition(ShardPositionKind Kind, string? Sequence = null, int? Part = null, long Milliseconds = 0)
{
    private const string TrimHorizonText = "TRIM_HORIZON";
    private const string EndText = "SHARD_END";
    private const string TimestampText = "AT_TIMESTAMP:";

    internal static readonly ShardPosition TrimHorizon = new(ShardPositionKind.TrimHorizon);
    internal static readonly ShardPosition End = new(ShardPositionKind.End);

    internal static ShardPosition At(DateTimeOffset time) =>
        new(ShardPositionKind.Timestamp, Milliseconds: time.ToUnixTimeMilliseconds());

    internal static ShardPosition After(string sequence, int? part = null) => new(ShardPositionKind.Record, sequence, part);

    /// <summary>The same position, with the time at which the shard was seen to have no newer record.</summary>
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
        if (at >= 0
            && !(long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out caughtUp)
                && caughtUp <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
        {
            return false;
        }

        text = at < 0 ? text : text[..at];
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var sequence = colon < 0 ? text : text[..colon];
        var part = 0;
        if (sequence.Length == 0 || !sequence.All(char.IsAsciiDigit))
            return false;
        if (colon >= 0
            && (at >= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out part)))
        {
            return false;
        }

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

using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Decodes Mux Data's streaming export of video views in Protocol Buffers: one message is one view.</summary>
/// <remarks>
/// The message is <c>VideoView</c> (repository muxinc/mux-protobuf, <c>video_view/v1/video_view.proto</c>).
/// <list type="bullet">
/// <item>The fields of <see cref="FieldOf"/> are read. All other fields are skipped, known or not.</item>
/// <item>A field with another wire type than the message's counts as unknown.</item>
/// <item>Groups make the record malformed: the message has none.</item>
/// <item>If a field comes twice, the last one counts.</item>
/// <item>Protocol Buffers have no null: for <see cref="MuxFailureRule"/>, a missing field is absent, never null.</item>
/// </list>
/// </remarks>
/// <param name="sampleEvery">One in so many views that succeeded keeps its circumstances. A power of two.</param>
public sealed class MuxProtobufDecoder(int sampleEvery = CircumstanceSample.Every) : IViewDecoder
{
    private readonly CircumstanceSample sample = new(sampleEvery);

    private const long Missing = long.MinValue;
    private const long Impossible = -1;

    /// <summary>Stands for the field of the time at which the view ended, which is a message of its own.</summary>
    private const MuxField EndTime = (MuxField)(-2);

    /// <summary>The results of <see cref="FieldOf"/>, by tag (number · 8 + type).</summary>
    // Not static: code that reads a static field checks each time whether the field is initialised.
    private readonly sbyte[] fields = [.. Enumerable.Range(0, 146 * 8).Select(tag => (sbyte)FieldOf(tag / 8, (WireType)(tag % 8)))];

    /// <inheritdoc/>
    public void Decode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        if (record.Length > MuxValue.MaximumLength)
        {
            batch.Reject(RejectionReason.TooLong, record);
            return;
        }

        var values = default(MuxValues);
        var view = new View { ArrivalTime = arrivalTime, EventTime = Missing };
        var text = batch.Text.AsSpan(0, batch.TextLength);
        var end = record.Offset + record.Length;
        if (!TryScan(fields, text, record.Offset, end, ref values, ref view.EventTime))
            batch.Reject(RejectionReason.Malformed, record);
        else if (view.EventTime == Missing)
            batch.Reject(RejectionReason.MissingEventTime, record);
        else if (!EventTimeText.IsPossible(view.EventTime))
            batch.Reject(RejectionReason.InvalidEventTime, record);
        else
            MuxProjection.Complete(batch, record, values, ref view, sample);
    }

    // Not inlined, so that the methods of ProtobufSyntax are inlined into this method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryScan(ReadOnlySpan<sbyte> fields, ReadOnlySpan<byte> text, int at, int end, ref MuxValues values, ref long time)
    {
        while (at < end)
        {
            at = ProtobufSyntax.Tag(text, at, end, out var tag);
            if (at < 0)
                return false;
            var field = tag < (uint)fields.Length ? (MuxField)fields[(int)tag] : MuxField.None;
            var type = (WireType)(tag & 7);
            if (type == WireType.Bytes)
            {
                at = ProtobufSyntax.Varint(text, at, end, out var length);
                if (at < 0 || length > (uint)(end - at))
                    return false;
                if (field > MuxField.None)
                    values[(int)field] = new(MuxValueKind.Text, new(at, (int)length));
                else if (field == EndTime && !TryTimestamp(text, at, at + (int)length, out time))
                    return false;
                at += (int)length;
            }
            else if (type == WireType.Varint)
            {
                at = ProtobufSyntax.Varint(text, at, end, out var number);
                if (at < 0)
                    return false;
                if (field > MuxField.None)
                    values[(int)field] = ValueOf(number, field);
            }
            else
            {
                var size = type == WireType.Fixed64 ? 8 : 4;
                if (type is not (WireType.Fixed64 or WireType.Fixed32) || end - at < size)
                    return false;
                at += size;
            }
        }

        return true;
    }

    private static MuxValue ValueOf(ulong number, MuxField field) => field == MuxField.StartupFailure
        ? new(number != 0 ? MuxValueKind.True : MuxValueKind.False, default)
        : new(MuxValueKind.Int32, new((int)number, 1));

    private static MuxField FieldOf(int number, WireType type) => type switch
    {
        WireType.Bytes => number switch
        {
            1 => MuxField.ViewId,
            2 => MuxField.PropertyId,
            4 => EndTime,
            7 => Field(Dimension.Browser),
            9 => Field(Dimension.Cdn),
            12 => Field(Dimension.Country),
            29 => Field(Dimension.OperatingSystem),
            36 => MuxField.PlayerErrorCode,
            37 => MuxField.PlayerErrorMessage,
            43 => Field(Dimension.PlayerName),
            55 => Field(Dimension.PlayerVersion),
            73 => MuxField.VideoId,
            79 => MuxField.VideoTitle,
            94 => Field(Dimension.DeviceCategory),
            100 => Field(Dimension.Viewer),
            114 => Field(Dimension.StreamType),
            _ => MuxField.None,
        },
        WireType.Varint => number switch
        {
            6 => Field(Dimension.Asn),
            19 => MuxField.ErrorType,
            131 => MuxField.StartupFailure,
            143 => MuxField.PlaybackFailure,
            144 => MuxField.PlaybackBusinessException,
            145 => MuxField.StartupBusinessException,
            _ => MuxField.None,
        },
        _ => MuxField.None,
    };

    private static MuxField Field(Dimension dimension) => MuxField.FirstDimension + (int)dimension;

    /// <summary>
    /// Reads seconds (field 1) and nanoseconds (field 2) as milliseconds. An impossible time becomes <see cref="Impossible"/>.
    /// </summary>
    private static bool TryTimestamp(ReadOnlySpan<byte> text, int at, int end, out long milliseconds)
    {
        milliseconds = Impossible;
        var isRead = TryPlainTimestamp(text, at, end, out var seconds, out var nanoseconds)
            || TryAnyTimestamp(new(text, at, end), out seconds, out nanoseconds);
        if (!isRead)
            return false;

        var possible = seconds is >= 0 and < EventTimeText.End / 1000 && nanoseconds is >= 0 and < 1_000_000_000;
        if (possible)
            milliseconds = (seconds * 1000) + (nanoseconds / 1_000_000);
        return true;
    }

    /// <summary>Reads a timestamp as nearly all writers write it: seconds, then nanoseconds.</summary>
    private static bool TryPlainTimestamp(ReadOnlySpan<byte> text, int at, int end, out long seconds, out long nanoseconds)
    {
        const int SecondsTag = 1 << 3, NanosecondsTag = 2 << 3;
        (seconds, nanoseconds) = (0, 0);
        if (at >= end || text[at] != SecondsTag)
            return false;
        at = ProtobufSyntax.LongVarint(text, at + 1, end, out var first);
        if (at < 0 || at >= end || text[at] != NanosecondsTag)
            return false;
        at = ProtobufSyntax.LongVarint(text, at + 1, end, out var second);
        (seconds, nanoseconds) = ((long)first, (int)second);
        return at == end;
    }

    private static bool TryAnyTimestamp(ProtobufReader reader, out long seconds, out long nanoseconds)
    {
        (seconds, nanoseconds) = (0, 0);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead())
                return false;
            if (reader is { Field: 1, Type: WireType.Varint })
                seconds = (long)reader.Value;
            else if (reader is { Field: 2, Type: WireType.Varint })
                nanoseconds = (int)reader.Value;
        }

        return true;
    }
}

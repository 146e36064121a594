using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>Mux Data's streaming export of video views in Protocol Buffers: one message is one view.</summary>
/// <remarks>
/// A projection of the message <c>VideoView</c> (repository muxinc/mux-protobuf, <c>video_view/v1/video_view.proto</c>) that
/// reads the fields of <see cref="FieldOf"/> and passes over all others, known or not. A field with another wire type than the
/// message's counts as unknown; groups, which the message has not, make the record malformed. Of a field that comes twice
/// the last one counts. Protocol Buffers have no null: a field that is not there was not given, which is all that
/// <see cref="MuxFailureRule"/> learns of it.
/// </remarks>
public sealed class MuxProtobufDecoder : IViewDecoder
{
    private const int ViewEnd = 4;
    private const long Missing = long.MinValue;
    private const long Impossible = -1;
    private const int LastField = 145;

    /// <summary>What <see cref="FieldOf"/> says, by field number, of bytes and of varints.</summary>
    private static readonly MuxField[] BytesFields = [.. Enumerable.Range(0, LastField + 1).Select(number => FieldOf(number, WireType.Bytes))];
    private static readonly MuxField[] VarintFields = [.. Enumerable.Range(0, LastField + 1).Select(number => FieldOf(number, WireType.Varint))];

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
        if (!TryScan(batch.Bytes(record), record.Offset, ref values, ref view.EventTime))
            batch.Reject(RejectionReason.Malformed, record);
        else if (view.EventTime == Missing)
            batch.Reject(RejectionReason.MissingEventTime, record);
        else if (!EventTimeText.IsPossible(view.EventTime))
            batch.Reject(RejectionReason.InvalidEventTime, record);
        else
            MuxProjection.Complete(batch, record, values, ref view, checkUtf8: true);
    }

    // On its own, so that all of the reader is inlined into it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryScan(ReadOnlySpan<byte> message, int offset, ref MuxValues values, ref long end)
    {
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead())
                return false;
            if ((uint)reader.Field > LastField)
                continue;
            if (reader.Type == WireType.Bytes)
            {
                var field = BytesFields[reader.Field];
                if (field != MuxField.None)
                    values[(int)field] = new(MuxValueKind.Text, new(offset + reader.Start, (int)reader.Value));
                else if (reader.Field == ViewEnd && !TryTimestamp(reader.Bytes, out end))
                    return false;
            }
            else if (reader.Type == WireType.Varint && VarintFields[reader.Field] is not MuxField.None and var field)
            {
                values[(int)field] = ValueOf(reader.Value, field);
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
            2 => MuxField.PropertyId,
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

    /// <summary>Seconds (field 1) and nanoseconds (field 2) to milliseconds; what is impossible becomes a time that is.</summary>
    private static bool TryTimestamp(ReadOnlySpan<byte> message, out long milliseconds)
    {
        milliseconds = Impossible;
        long seconds = 0, nanoseconds = 0;
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead())
                return false;
            if (reader is { Field: 1, Type: WireType.Varint })
                seconds = (long)reader.Value;
            else if (reader is { Field: 2, Type: WireType.Varint })
                nanoseconds = (int)reader.Value;
        }

        var possible = seconds is >= 0 and < EventTimeText.End / 1000 && nanoseconds is >= 0 and < 1_000_000_000;
        if (possible)
            milliseconds = (seconds * 1000) + (nanoseconds / 1_000_000);
        return true;
    }
}

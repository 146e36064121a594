using System.Text.Json;
using System.Text.Unicode;

namespace Rx.Alerting.Core.Views;

/// <summary>Mux Data's streaming export of video views in JSON: one object is one view.</summary>
/// <remarks>
/// The whole record must be one well-formed JSON object in UTF-8, at most 64 levels deep. Names that are not needed are
/// skipped with all that is in them. Of a name that comes twice the last one counts, as with most JSON parsers. A
/// needed field that is neither a text, a number nor null (<c>video_startup_failure</c>: nor a truth value) makes the record malformed. The event
/// time is <c>view_end</c>, as <see cref="EventTimeText"/> reads it; whether the view failed says <see cref="MuxFailureRule"/>.
/// </remarks>
public sealed class MuxJsonDecoder : IViewDecoder
{
    /// <inheritdoc/>
    public void Decode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        var values = default(MuxValues);
        var reason = Scan(batch.Bytes(record), record.Offset, ref values);
        if (reason != RejectionReason.None)
        {
            batch.Reject(reason, record);
            return;
        }

        var view = new View { ArrivalTime = arrivalTime };
        if (!MuxProjection.TryText(batch, values[(int)MuxField.ViewEnd], out var end))
            batch.Reject(RejectionReason.Malformed, record);
        else if (end.IsEmpty)
            batch.Reject(RejectionReason.MissingEventTime, record);
        else if (!EventTimeText.TryParse(batch.Bytes(end), out view.EventTime))
            batch.Reject(RejectionReason.InvalidEventTime, record);
        else
            MuxProjection.Complete(batch, record, values, ref view, checkUtf8: false);
    }

    private static RejectionReason Scan(ReadOnlySpan<byte> json, int offset, ref MuxValues values)
    {
        if (!Utf8.IsValid(json))
            return RejectionReason.InvalidUtf8;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return RejectionReason.Malformed;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = reader.ValueIsEscaped ? FindEscaped(reader.ValueSpan) : MuxJsonNames.Find(reader.ValueSpan);
                reader.Read();
                if (field == MuxField.None)
                    reader.Skip();
                else if (!TryValue(ref reader, offset, field, out values[(int)field]))
                    return RejectionReason.Malformed;
            }

            return reader.Read() ? RejectionReason.Malformed : RejectionReason.None;
        }
        catch (JsonException)
        {
            return RejectionReason.Malformed;
        }
    }

    private static bool TryValue(ref Utf8JsonReader reader, int offset, MuxField field, out MuxValue value)
    {
        var start = offset + (int)reader.TokenStartIndex;
        var length = reader.ValueSpan.Length;
        value = reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueIsEscaped => new(MuxValueKind.EscapedText, new(start + 1, length)),
            JsonTokenType.String => new(MuxValueKind.Text, new(start + 1, length)),
            JsonTokenType.Number => new(MuxValueKind.Number, new(start, length)),
            JsonTokenType.Null => new(MuxValueKind.Null, default),
            JsonTokenType.True when field == MuxField.StartupFailure => new(MuxValueKind.True, default),
            JsonTokenType.False when field == MuxField.StartupFailure => new(MuxValueKind.False, default),
            _ => default,
        };
        return value.Kind != MuxValueKind.Absent;
    }

    private static MuxField FindEscaped(ReadOnlySpan<byte> name)
    {
        // An escaped character takes at most six bytes.
        if (name.Length > MuxJsonNames.LongestName * 6)
            return MuxField.None;
        Span<byte> text = stackalloc byte[MuxJsonNames.LongestName * 6];
        return JsonEscapes.TryUnescape(name, text, out var length) ? MuxJsonNames.Find(text[..length]) : MuxField.None;
    }
}

using System.Runtime.CompilerServices;
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
        var reason = record.Length > MuxValue.MaximumLength ? RejectionReason.TooLong : Scan(batch.Bytes(record), record.Offset, ref values);
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
        var at = JsonSyntax.Blanks(json, 0);
        if (JsonSyntax.At(json, at) != '{')
            return RejectionReason.Malformed;
        var first = JsonSyntax.Blanks(json, at + 1);
        at = JsonSyntax.At(json, first) == '}' ? first + 1 : Members(json, at, offset, ref values);
        return at >= 0 && JsonSyntax.Blanks(json, at) == json.Length ? RejectionReason.None : RejectionReason.Malformed;
    }

    /// <summary>Reads names and values from the brace that opens the object to the one that closes it.</summary>
    /// <returns>The position behind the brace, or -1.</returns>
    // On its own: inlined into its callers, it would use up what the compiler is ready to inline into it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Members(ReadOnlySpan<byte> json, int at, int offset, ref MuxValues values)
    {
        var layout = MuxJsonLayout.OfThread;
        var place = 0;
        for (var separator = '{'; ; separator = ',')
        {
            ref readonly var expected = ref layout.At(place);
            var (start, field) = (at + expected.Length, expected.Field);
            if (expected.IsAt(json, at))
                place++;
            else
                (start, field, place) = Unexpected(json, at, separator, layout, place);
            if (start < 0)
                return -1;

            start = JsonSyntax.Blanks(json, start);
            at = Value(json, start, out var kind);
            if (at < 0)
                return -1;
            if (field != MuxField.None)
            {
                if (!Fits(kind, field))
                    return -1;
                values[(int)field] = ValueAt(kind, offset + start, at - start);
            }

            var end = JsonSyntax.Blanks(json, at);
            if (JsonSyntax.At(json, end) == '}')
                return end + 1;
        }
    }

    /// <summary>Passes over a separator, a name and a colon that are not as they were in the last record, and learns them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (int Start, MuxField Field, int NextPlace) Unexpected(ReadOnlySpan<byte> json, int at, char separator, MuxJsonLayout layout, int place)
    {
        var found = layout.Find(place, json[at..]);
        if (found >= 0)
            return (at + layout.At(found).Length, layout.At(found).Field, found + 1);
        var start = Name(json, at, separator, out var field);
        return (start, field, start < 0 ? place : layout.Learn(place, json[at..start], field));
    }

    /// <returns>The position behind the colon, or -1.</returns>
    private static int Name(ReadOnlySpan<byte> json, int at, char separator, out MuxField field)
    {
        field = MuxField.None;
        at = JsonSyntax.Blanks(json, at);
        if (JsonSyntax.At(json, at) != separator)
            return -1;
        at = JsonSyntax.Blanks(json, at + 1);
        if (JsonSyntax.At(json, at) != '"')
            return -1;
        var start = at + 1;
        var end = JsonSyntax.String(json, start, out var escaped);
        if (end < 0)
            return -1;
        at = JsonSyntax.Blanks(json, end + 1);
        if (JsonSyntax.At(json, at) != ':')
            return -1;
        field = escaped ? FindEscaped(json[start..end]) : MuxJsonNames.Find(json[start..end]);
        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value(ReadOnlySpan<byte> json, int at, out MuxValueKind kind)
    {
        switch (JsonSyntax.At(json, at))
        {
            case (byte)'"':
                var end = JsonSyntax.String(json, at + 1, out var escaped);
                kind = escaped ? MuxValueKind.EscapedText : MuxValueKind.Text;
                return end < 0 ? -1 : end + 1;
            case (byte)'n':
                kind = MuxValueKind.Null;
                return JsonSyntax.Literal(json, at, "null"u8);
            case (byte)'t':
                kind = MuxValueKind.True;
                return JsonSyntax.Literal(json, at, "true"u8);
            case (byte)'f':
                kind = MuxValueKind.False;
                return JsonSyntax.Literal(json, at, "false"u8);
            case (byte)'{' or (byte)'[':
                kind = MuxValueKind.Nested;
                return JsonSyntax.Nested(json, at);
            default:
                kind = MuxValueKind.Number;
                return JsonSyntax.Number(json, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static MuxValue ValueAt(MuxValueKind kind, int start, int length) => kind switch
    {
        MuxValueKind.Text or MuxValueKind.EscapedText => new(kind, new(start + 1, length - 2)),
        MuxValueKind.Number => new(kind, new(start, length)),
        _ => new(kind, default),
    };

    private static bool Fits(MuxValueKind kind, MuxField field) =>
        kind < MuxValueKind.True || (kind < MuxValueKind.Nested && field == MuxField.StartupFailure);

    private static MuxField FindEscaped(ReadOnlySpan<byte> name)
    {
        // An escaped character takes at most six bytes.
        if (name.Length > MuxJsonNames.LongestName * 6)
            return MuxField.None;
        Span<byte> text = stackalloc byte[MuxJsonNames.LongestName * 6];
        return JsonEscapes.TryUnescape(name, text, out var length) ? MuxJsonNames.Find(text[..length]) : MuxField.None;
    }
}

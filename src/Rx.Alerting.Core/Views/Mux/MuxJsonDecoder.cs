using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Decodes Mux Data's streaming export of video views in JSON: one object is one view.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The whole record must be one JSON object, at most 64 levels deep, in the syntax of <see cref="JsonSyntax"/>.</item>
/// <item>A record in any other syntax is read once more by <see cref="MuxJsonUnescaped"/>, which allows the faults of programs that put
/// JSON together by hand.</item>
/// <item>Members that are not needed are skipped with their values. If a name comes twice, the last member counts, as with most JSON
/// parsers.</item>
/// <item>The event time is <c>view_end</c>, read by <see cref="EventTimeText"/>. <see cref="MuxFailureRule"/> decides whether the view
/// failed.</item>
/// <item><c>property_id</c> and <c>view_end</c> must be a text, a number or null, else the record is malformed.</item>
/// <item>No other value rejects the view. Objects, arrays and <c>true</c> are taken as they are written. <c>false</c> and empty values
/// count as not given.</item>
/// </list>
/// </remarks>
/// <param name="sampleEvery">One in so many views that succeeded keeps its circumstances. A power of two.</param>
public sealed class MuxJsonDecoder(int sampleEvery = CircumstanceSample.Every) : IViewDecoder
{
    private readonly CircumstanceSample sample = new(sampleEvery);

    /// <inheritdoc/>
    public void Decode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        var values = default(MuxValues);
        var reason = record.Length > MuxValue.MaximumLength
            ? RejectionReason.TooLong
            : Scan(batch.Bytes(record), record.Offset, ref values);
        if (reason != RejectionReason.None)
        {
            batch.Reject(reason, record);
            return;
        }

        var view = new View { ArrivalTime = arrivalTime };
        var end = MuxProjection.Verbatim(batch, values[(int)MuxField.ViewEnd]);
        if (end.IsEmpty)
            batch.Reject(RejectionReason.MissingEventTime, record);
        else if (!EventTimeText.TryParse(batch.Bytes(end), out view.EventTime))
            batch.Reject(RejectionReason.InvalidEventTime, record);
        else
            MuxProjection.Complete(batch, record, values, ref view, sample);
    }

    private static RejectionReason Scan(ReadOnlySpan<byte> json, int offset, ref MuxValues values)
    {
        var at = JsonSyntax.Blanks(json, 0);
        if (JsonSyntax.At(json, at) != '{')
            return RejectionReason.Malformed;
        var first = JsonSyntax.Blanks(json, at + 1);
        var end = JsonSyntax.At(json, first) == '}' ? first + 1 : Members(json, at, offset, ref values);
        if (!IsEnd(json, end))
            end = MuxJsonUnescaped.Members(json, at, offset, ref values);
        return IsEnd(json, end) ? RejectionReason.None : RejectionReason.Malformed;
    }

    private static bool IsEnd(ReadOnlySpan<byte> json, int at) => at >= 0 && JsonSyntax.Blanks(json, at) == json.Length;

    /// <summary>Reads all members, from the opening brace to the closing brace.</summary>
    /// <returns>The position behind the closing brace, or -1.</returns>
    // Not inlined: inlined into its caller, this method would use up the compiler's budget for inlining the methods that it calls.
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
                values[(int)field] = ValueAt(json[start..at], kind, offset + start);
            }

            var end = JsonSyntax.Blanks(json, at);
            if (JsonSyntax.At(json, end) == '}')
                return end + 1;
        }
    }

    /// <summary>Skips a separator, a name and a colon that the last record did not have at this place, and learns them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (int Start, MuxField Field, int NextPlace) Unexpected(
        ReadOnlySpan<byte> json,
        int at,
        char separator,
        MuxJsonLayout layout,
        int place)
    {
        var found = layout.Find(place, json[at..]);
        if (found >= 0)
            return (at + layout.At(found).Length, layout.At(found).Field, found + 1);
        var start = Name(json, at, separator, out var field);
        return (start, field, start < 0 ? place : layout.Learn(place, json[at..start], field));
    }

    /// <summary>Skips a separator, a name and a colon.</summary>
    /// <returns>The position behind the colon, or -1.</returns>
    internal static int Name(ReadOnlySpan<byte> json, int at, char separator, out MuxField field)
    {
        at = NameAt(json, at, separator, out var name, out var escaped);
        field = at < 0 ? MuxField.None : escaped ? FindEscaped(json[name]) : MuxJsonNames.Find(json[name]);
        return at;
    }

    /// <inheritdoc cref="Name"/>
    internal static int NameAt(ReadOnlySpan<byte> json, int at, char separator, out Range name, out bool escaped)
    {
        (name, escaped) = (default, false);
        at = JsonSyntax.Blanks(json, at);
        if (JsonSyntax.At(json, at) != separator)
            return -1;
        at = JsonSyntax.Blanks(json, at + 1);
        if (JsonSyntax.At(json, at) != '"')
            return -1;
        var start = at + 1;
        var end = JsonSyntax.String(json, start, out escaped);
        if (end < 0)
            return -1;
        name = start..end;
        at = JsonSyntax.Blanks(json, end + 1);
        return JsonSyntax.At(json, at) == ':' ? at + 1 : -1;
    }

    /// <summary>Skips a value.</summary>
    /// <returns>The position behind the value, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Value(ReadOnlySpan<byte> json, int at, out MuxValueKind kind)
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
                end = JsonSyntax.Number(json, at);
                return end < 0 ? NotANumber(json, at, out kind) : end;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int NotANumber(ReadOnlySpan<byte> json, int at, out MuxValueKind kind)
    {
        kind = MuxValueKind.Null;
        return JsonSyntax.NotANumber(json, at);
    }

    /// <summary>The value of a field. Call for values that fit (<see cref="Fits"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static MuxValue ValueAt(ReadOnlySpan<byte> value, MuxValueKind kind, int start) => kind switch
    {
        MuxValueKind.Text or MuxValueKind.EscapedText => new(kind, new(start + 1, value.Length - 2)),
        MuxValueKind.Number or MuxValueKind.True => new(kind, new(start, value.Length)),
        MuxValueKind.Nested => NestedAt(value, start),
        _ => new(kind, default),
    };

    /// <summary>Whether a field may have a value of this kind.</summary>
    internal static bool Fits(MuxValueKind kind, MuxField field) =>
        kind < MuxValueKind.True || field is not (MuxField.PropertyId or MuxField.ViewEnd);

    private static MuxValue NestedAt(ReadOnlySpan<byte> value, int start) => value.ContainsAnyExcept(" \t\r\n[]{},"u8)
        ? new(MuxValueKind.Nested, new(start, value.Length))
        : new(MuxValueKind.Null, default);

    private static MuxField FindEscaped(ReadOnlySpan<byte> name)
    {
        // An escape takes at most six bytes.
        if (name.Length > MuxJsonNames.LongestName * 6)
            return MuxField.None;
        Span<byte> text = stackalloc byte[MuxJsonNames.LongestName * 6];
        return MuxJsonNames.Find(text[..JsonEscapes.Unescape(name, text)]);
    }
}

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

    // On its own: inlined into its callers, it would use up what the compiler is ready to inline into it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectionReason Scan(ReadOnlySpan<byte> json, int offset, ref MuxValues values)
    {
        if (!Utf8.IsValid(json))
            return RejectionReason.InvalidUtf8;
        var scanner = new JsonScanner(json, offset);
        if (!scanner.TryTake((byte)'{'))
            return RejectionReason.Malformed;
        if (!scanner.TryTake((byte)'}'))
        {
            do
            {
                var name = scanner.TakeName();
                if (name.Kind == MuxValueKind.Absent)
                    return RejectionReason.Malformed;
                var value = scanner.TakeValue();
                if (value.Kind == MuxValueKind.Absent)
                    return RejectionReason.Malformed;
                var text = json.Slice(name.Range.Offset - offset, name.Range.Length);
                var field = name.Kind == MuxValueKind.Text ? MuxJsonNames.Find(text) : FindEscaped(text);
                if (field == MuxField.None)
                    continue;
                if (!Fits(value.Kind, field))
                    return RejectionReason.Malformed;
                values[(int)field] = value;
            }
            while (scanner.TryTake((byte)','));
            if (!scanner.TryTake((byte)'}'))
                return RejectionReason.Malformed;
        }

        return scanner.IsAtEnd() ? RejectionReason.None : RejectionReason.Malformed;
    }

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

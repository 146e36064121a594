using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Rx.Alerting.Core.Views;

/// <summary>From the fields of a Mux record, in whatever format, to a view of the batch.</summary>
internal static class MuxProjection
{
    /// <summary>Adds the view, or rejects the record.</summary>
    /// <param name="batch">Where the values' ranges point into.</param>
    /// <param name="record">The whole record, for the sample of a rejected one.</param>
    /// <param name="values">The record's fields.</param>
    /// <param name="view">Has its times already.</param>
    /// <param name="checkUtf8">Whether the texts that are kept have still to be checked for being UTF-8.</param>
    internal static void Complete(ViewBatch batch, TextRange record, in MuxValues values, ref View view, bool checkUtf8)
    {
        var property = values[(int)MuxField.PropertyId];
        var title = values[(int)MuxField.VideoId];
        if (title.Range.IsEmpty)
            title = values[(int)MuxField.VideoTitle];
        var errorType = MuxFailureRule.ErrorTypeField(batch, values);
        if (checkUtf8 && !(IsUtf8(batch, property) && IsUtf8(batch, title) && (errorType == MuxField.None || AreUtf8(batch, values))))
        {
            batch.Reject(RejectionReason.InvalidUtf8, record);
            return;
        }

        if (!TryText(batch, property, out view.Property) || !TryText(batch, title, out view.Title))
        {
            batch.Reject(RejectionReason.Malformed, record);
            return;
        }

        if (view.Property.IsEmpty)
        {
            batch.Reject(RejectionReason.MissingProperty, record);
            return;
        }

        view.Failure = -1;
        if (errorType != MuxField.None && !TryFail(batch, values, errorType, ref view))
        {
            batch.Reject(RejectionReason.Malformed, record);
            return;
        }

        view.Property = LongText.Key(batch, view.Property);
        view.Title = LongText.Key(batch, view.Title);
        view.PropertyHash = KeyHash.Of(batch.Bytes(view.Property));
        view.TitleHash = KeyHash.Of(batch.Bytes(view.Title));
        batch.Add(view);
    }

    private static bool TryFail(ViewBatch batch, in MuxValues values, MuxField errorType, ref View view)
    {
        var failure = default(Failure);
        if (errorType == MuxField.StartupFailure)
            failure.ErrorType = batch.Append(MuxFailureRule.StartupFailureType);
        else if (!TryText(batch, values[(int)errorType], out failure.ErrorType))
            return false;

        var message = values[(int)MuxField.PlayerErrorMessage];
        if (message.Range.IsEmpty)
            message = values[(int)MuxField.PlayerErrorCode];
        var valid = TryText(batch, message, out failure.Message);
        valid &= TryText(batch, values[(int)MuxField.VideoTitle], out failure.VideoTitle);
        for (var i = 0; i < DimensionValues.Count; i++)
        {
            valid &= TryText(batch, values[(int)MuxField.FirstDimension + i], out var dimension);
            failure.Dimensions[i] = LongText.Shown(batch, dimension);
        }

        if (!valid)
            return false;

        failure.ErrorType = LongText.Key(batch, failure.ErrorType);
        failure.Message = LongText.Shown(batch, failure.Message);
        failure.VideoTitle = LongText.Shown(batch, failure.VideoTitle);
        failure.ErrorTypeHash = KeyHash.Of(batch.Bytes(failure.ErrorType));
        view.Failure = batch.Add(failure);
        return true;
    }

    /// <summary>The value as a text of the batch; what is not there verbatim is appended. False for escapes that stand for no character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryText(ViewBatch batch, MuxValue value, out TextRange text)
    {
        text = value.Range;
        return value.Kind == MuxValueKind.Text || TryAnyText(batch, value, out text);
    }

    private static bool TryAnyText(ViewBatch batch, MuxValue value, out TextRange text)
    {
        text = value.Kind is MuxValueKind.Text or MuxValueKind.Number ? value.Range : default;
        if (value.Kind == MuxValueKind.Int32)
        {
            Utf8Formatter.TryFormat(value.Range.Offset, batch.Reserve(11), out var written);
            text = batch.Commit(written);
        }

        return value.Kind != MuxValueKind.EscapedText || JsonEscapes.TryUnescape(batch, value.Range, out text);
    }

    private static bool AreUtf8(ViewBatch batch, in MuxValues values)
    {
        foreach (var value in values)
        {
            if (!IsUtf8(batch, value))
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsUtf8(ViewBatch batch, MuxValue value) =>
        value.Kind != MuxValueKind.Text || IsUtf8(batch.Bytes(value.Range));

    /// <summary>Most keys are ASCII and of eight bytes at least, and then one look at each word, the last one overlapping, is enough.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        if (text.Length < sizeof(ulong))
            return Utf8.IsValid(text);
        var all = MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..]);
        for (var rest = text; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            all |= MemoryMarshal.Read<ulong>(rest);
        return (all & 0x80808080_80808080) == 0 || Utf8.IsValid(text);
    }
}

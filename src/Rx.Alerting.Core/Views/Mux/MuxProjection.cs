using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>From the fields of a Mux record, in whatever format, to a view of the batch.</summary>
internal static class MuxProjection
{
    /// <summary>Adds the view, or rejects a record without property. Whether the view failed has no say in that.</summary>
    /// <param name="batch">Where the values' ranges point into.</param>
    /// <param name="record">The whole record, for the sample of a rejected one.</param>
    /// <param name="values">The record's fields.</param>
    /// <param name="view">Has its times already.</param>
    internal static void Complete(ViewBatch batch, TextRange record, in MuxValues values, ref View view)
    {
        view.Property = Text(batch, values[(int)MuxField.PropertyId]);
        if (view.Property.IsEmpty)
        {
            batch.Reject(RejectionReason.MissingProperty, record);
            return;
        }

        var title = values[(int)MuxField.VideoId];
        if (title.Range.IsEmpty)
            title = values[(int)MuxField.VideoTitle];
        var errorType = MuxFailureRule.ErrorTypeField(batch, values);
        view.Failure = errorType == MuxField.None ? -1 : Fail(batch, values, errorType);
        view.Property = LongText.Key(batch, view.Property);
        view.Title = LongText.Key(batch, Text(batch, title));
        view.PropertyHash = KeyHash.Of(batch.Bytes(view.Property));
        view.TitleHash = KeyHash.Of(batch.Bytes(view.Title));
        batch.Add(view);
    }

    /// <summary>The value as a text of the batch, whatever its bytes are; what is not there verbatim is appended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Verbatim(ViewBatch batch, MuxValue value) => value.Kind == MuxValueKind.Text ? value.Range : AnyText(batch, value);

    /// <summary>The value as a text of the batch, in UTF-8.</summary>
    private static TextRange Text(ViewBatch batch, MuxValue value) => ReadableText.Of(batch, Verbatim(batch, value));

    private static int Fail(ViewBatch batch, in MuxValues values, MuxField errorType)
    {
        var failure = default(Failure);
        failure.ErrorType = LongText.Key(batch, errorType == MuxField.StartupFailure
            ? batch.Append(MuxFailureRule.StartupFailureType)
            : Text(batch, values[(int)errorType]));
        failure.ErrorTypeHash = KeyHash.Of(batch.Bytes(failure.ErrorType));

        var message = values[(int)MuxField.PlayerErrorMessage];
        if (message.Range.IsEmpty)
            message = values[(int)MuxField.PlayerErrorCode];
        failure.Message = Shown(batch, message);
        failure.VideoTitle = Shown(batch, values[(int)MuxField.VideoTitle]);
        for (var i = 0; i < DimensionValues.Count; i++)
            failure.Dimensions[i] = Shown(batch, values[(int)MuxField.FirstDimension + i]);
        return batch.Add(failure);
    }

    private static TextRange Shown(ViewBatch batch, MuxValue value) => LongText.Shown(batch, Text(batch, value));

    private static TextRange AnyText(ViewBatch batch, MuxValue value)
    {
        switch (value.Kind)
        {
            case MuxValueKind.EscapedText:
                return JsonEscapes.Unescape(batch, value.Range);
            case MuxValueKind.Number:
                return JsonNumbers.Text(batch, value.Range);
            case MuxValueKind.Int32:
                Utf8Formatter.TryFormat(value.Range.Offset, batch.Reserve(11), out var written);
                return batch.Commit(written);
            case MuxValueKind.True or MuxValueKind.Nested:
                return value.Range;
            default:
                return default;
        }
    }
}

using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Makes a view of the fields of a Mux record, in JSON or Protocol Buffers.</summary>
internal static class MuxProjection
{
    /// <summary>Adds the view, or rejects a record without property. Failed and successful views follow the same rule.</summary>
    /// <param name="batch">The batch to whose text the values refer.</param>
    /// <param name="record">The whole record: the sample, if it is rejected.</param>
    /// <param name="values">The record's fields.</param>
    /// <param name="view">The view, which has its times already.</param>
    /// <param name="sample">Chooses the views that keep their circumstances.</param>
    internal static void Complete(ViewBatch batch, TextRange record, in MuxValues values, ref View view, CircumstanceSample sample)
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
        if (sample.Has(view, batch.Bytes(Identity(record, values[(int)MuxField.ViewId])), out var hash))
            AddCircumstances(batch, values, hash, out view.Circumstances);
        else
            view.Circumstances = -1;
        batch.Add(view);
    }

    /// <summary>What tells a record from others: the view's id; else all that the record says.</summary>
    private static TextRange Identity(TextRange record, MuxValue id) => id.Range.IsEmpty ? record : id.Range;

    /// <summary>The value as a range of the batch's text, with any bytes. A value that is not verbatim in the text is appended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TextRange Verbatim(ViewBatch batch, MuxValue value) =>
        value.Kind == MuxValueKind.Text ? value.Range : AnyText(batch, value);

    /// <summary>The value as a range of the batch's text, in valid UTF-8.</summary>
    internal static TextRange Text(ViewBatch batch, MuxValue value) => ReadableText.Of(batch, Verbatim(batch, value));

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
        return batch.Add(failure);
    }

    private static void AddCircumstances(ViewBatch batch, in MuxValues values, ulong hash, out int index)
    {
        ref var circumstances = ref batch.AddCircumstances(out index);
        circumstances.Hash = hash;
        for (var i = 0; i < DimensionValues.OfMux; i++)
            circumstances.Values[i] = Shown(batch, values[(int)MuxField.FirstDimension + i]);
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

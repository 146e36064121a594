namespace Rx.Alerting.Core.Views;

/// <summary>Reads fields of records that are no <see cref="Dimension"/>: those that somebody has asked for.</summary>
internal interface IFurtherFields
{
    /// <summary>How many fields.</summary>
    int Count { get; }

    /// <summary>Reads the fields of a record that was decoded.</summary>
    /// <param name="batch">Has the record in its text. Texts that are not verbatim in the record are appended.</param>
    /// <param name="record">Where the record is.</param>
    /// <param name="values">Gets the values; they are empty before.</param>
    void Read(ViewBatch batch, TextRange record, Span<TextRange> values);
}

/// <summary>Decodes records, and reads further fields of their views. A record is read twice: only for who asks for such fields.</summary>
/// <param name="decoder">Makes the views.</param>
/// <param name="fields">The further fields.</param>
internal sealed class FurtherFields(IViewDecoder decoder, IFurtherFields fields) : IViewDecoder
{
    /// <inheritdoc/>
    public void Decode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        var before = batch.ViewCount;
        decoder.Decode(batch, record, arrivalTime);
        Span<TextRange> values = stackalloc TextRange[fields.Count];
        for (var view = before; view < batch.ViewCount; view++)
        {
            if (batch.Views[view].Circumstances is not (>= 0 and var circumstances))
                continue;
            values.Clear();
            fields.Read(batch, record, values);
            values.CopyTo(batch.AddFurther(circumstances, fields.Count));
        }
    }
}

namespace Rx.Alerting.Core.Views;

/// <summary>Bytes to views. A decoder holds no state between records, allocates nothing for one, and never throws for what is in it.</summary>
public interface IViewDecoder
{
    /// <summary>
    /// Decodes the record at <paramref name="record"/> of the batch's text and adds its view (several, if it is several records in one), or rejects it with its
    /// reason. Texts that are not verbatim in the record (escapes) are appended to the batch's text.
    /// </summary>
    void Decode(ViewBatch batch, TextRange record, long arrivalTime);
}

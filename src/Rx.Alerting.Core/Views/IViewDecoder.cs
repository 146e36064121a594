namespace Rx.Alerting.Core.Views;

/// <summary>Decodes bytes to views.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A decoder has no state between records.</item>
/// <item>A record allocates nothing.</item>
/// <item>No record makes a decoder throw, whatever its bytes are.</item>
/// </list>
/// </remarks>
public interface IViewDecoder
{
    /// <summary>
    /// Decodes one record. Adds its view to the batch, or rejects the record with a reason. A record that is several records in one adds
    /// several views. Texts that are not verbatim in the record (escapes) are appended to the batch's text.
    /// </summary>
    /// <param name="batch">Has the record in its text, and gets the views.</param>
    /// <param name="record">Where the record is in the batch's text.</param>
    /// <param name="arrivalTime">As <see cref="View.ArrivalTime"/>.</param>
    void Decode(ViewBatch batch, TextRange record, long arrivalTime);
}

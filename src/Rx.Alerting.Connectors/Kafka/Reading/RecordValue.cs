using Confluent.Kafka;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Takes a record's value over, so that no array is made for it. Which partition it is of is known only when the record is returned; but they
/// come in runs, so it is written behind the text of the batch that the record before went to, which is nearly always its place.
/// </summary>
internal sealed class RecordValue : IDeserializer<Ignore>
{
    private ViewBatch expected = new(string.Empty);

    internal int Length { get; private set; }

    /// <summary>The next record is likely to belong to this batch.</summary>
    internal void Expect(ViewBatch batch) => expected = batch;

    /// <inheritdoc/>
    public Ignore Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        data.CopyTo(expected.Reserve(data.Length));
        Length = data.Length;
        return null!;
    }

    /// <summary>Adds the value, or its beginning, to the text of the batch that it belongs to.</summary>
    internal TextRange AddTo(ViewBatch batch, int length) =>
        batch == expected ? batch.Commit(length) : batch.Append(expected.Text.AsSpan(expected.TextLength, length));
}

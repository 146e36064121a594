using System.Buffers.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Reads fields of Protocol Buffers by the names that Mux's message has for them. Other names are in no record.</summary>
/// <param name="names">The names.</param>
internal sealed class MuxProtobufFurther(IReadOnlyList<string> names) : IFurtherFields
{
    private readonly Field[] fields = [.. names.Select(name => new Field(name))];

    public int Count => fields.Length;

    public void Read(ViewBatch batch, TextRange record, Span<TextRange> values)
    {
        Span<(WireType Type, ulong Value, TextRange Bytes)> found = stackalloc (WireType, ulong, TextRange)[fields.Length];
        found.Fill((WireType.Fixed64, 0, default));
        var reader = new ProtobufReader(batch.Text, record.Offset, record.Offset + record.Length);
        while (!reader.AtEnd && reader.TryRead())
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (fields[i].Number == reader.Field && fields[i].Type == reader.Type)
                    found[i] = (reader.Type, reader.Value, reader.Type == WireType.Bytes ? new(reader.Start, (int)reader.Value) : default);
            }
        }

        for (var i = 0; i < fields.Length; i++)
        {
            if (found[i].Type == WireType.Bytes)
                values[i] = LongText.Shown(batch, ReadableText.Of(batch, found[i].Bytes));
            else if (found[i].Type == WireType.Varint)
                values[i] = Text(batch, found[i].Value, fields[i].IsTruth);
        }
    }

    private static TextRange Text(ViewBatch batch, ulong number, bool isTruth)
    {
        if (isTruth)
            return batch.Append(number != 0 ? "true"u8 : "false"u8);
        Utf8Formatter.TryFormat((long)number, batch.Reserve(20), out var written);
        return batch.Commit(written);
    }

    private readonly struct Field
    {
        public Field(string name)
        {
            if (!MuxProtobufNames.TryFind(name, out var number, out var isText, out var isTruth))
                return;
            (Number, Type, IsTruth) = (number, isText ? WireType.Bytes : WireType.Varint, isTruth);
        }

        /// <summary>0: the message has no such field.</summary>
        public int Number { get; }

        public WireType Type { get; }

        public bool IsTruth { get; }
    }
}

using Google.Protobuf;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>A message of Protocol Buffers without its schema: values by field number, read by Google's own reader.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, object Value)> fields = [];

    public ProtoMessage(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is > 0 and var tag)
        {
            fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (object)input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                _ => throw new InvalidDataException($"Wire type of tag {tag}"),
            }));
        }
    }

    public bool Has(int field) => fields.Exists(one => one.Field == field);

    public IEnumerable<ProtoMessage> All(int field) => Values(field).Select(value => new ProtoMessage((byte[])value));

    public ProtoMessage One(int field) => All(field).Single();

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(Bytes(field));

    public byte[] Bytes(int field) => (byte[])(Values(field).SingleOrDefault() ?? Array.Empty<byte>());

    /// <summary>A number of any wire type; 0 where there is none, as Protocol Buffers have it.</summary>
    public ulong Number(int field) => Values(field).SingleOrDefault() switch
    {
        ulong number => number,
        uint number => number,
        _ => 0,
    };

    public double Real(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    /// <summary>Eight bytes for each number.</summary>
    public IReadOnlyList<ulong> Packed(int field) => [.. Bytes(field).Chunk(8).Select(one => BitConverter.ToUInt64(one))];

    private IEnumerable<object> Values(int field) => fields.Where(one => one.Field == field).Select(one => one.Value);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Kinesis.Protocol;

/// <summary>Bytes in base 64. The stream shows its buffer, so that a reader need not copy it.</summary>
internal sealed class BytesConverter : JsonConverter<MemoryStream>
{
    public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var bytes = reader.GetBytesFromBase64();
        return new(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
    }

    public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.TryGetBuffer(out var buffer) ? buffer : value.ToArray());
}

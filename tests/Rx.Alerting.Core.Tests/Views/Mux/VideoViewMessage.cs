using Google.Protobuf;

namespace Rx.Alerting.Core.Tests.Views.Mux;

/// <summary>Writes messages of Mux's <c>VideoView</c> with Google's encoder, by field number.</summary>
internal sealed class VideoViewMessage
{
    private readonly MemoryStream target = new();
    private readonly CodedOutputStream output;

    internal VideoViewMessage() => output = new(target);

    /// <summary>A message with the required fields: view, property, begin and end.</summary>
    internal static VideoViewMessage WithRequiredFields() =>
        new VideoViewMessage().Text(1, "v1").Text(2, "p1").Timestamp(3, 1_431_857_000, 0).Timestamp(4, 1_431_857_103, 250_999_999);

    internal byte[] ToArray()
    {
        output.Flush();
        return target.ToArray();
    }

    internal VideoViewMessage Text(int field, string text) => Bytes(field, ByteString.CopyFromUtf8(text));

    internal VideoViewMessage Bytes(int field, ByteString bytes) =>
        Write(field, WireFormat.WireType.LengthDelimited, () => output.WriteBytes(bytes));

    internal VideoViewMessage Int32(int field, int value) => Write(field, WireFormat.WireType.Varint, () => output.WriteInt32(value));

    internal VideoViewMessage Bool(int field, bool value) => Write(field, WireFormat.WireType.Varint, () => output.WriteBool(value));

    internal VideoViewMessage Double(int field, double value) => Write(field, WireFormat.WireType.Fixed64, () => output.WriteDouble(value));

    internal VideoViewMessage Float(int field, float value) => Write(field, WireFormat.WireType.Fixed32, () => output.WriteFloat(value));

    internal VideoViewMessage Tag(int field, WireFormat.WireType type) => Write(field, type, () => { });

    internal VideoViewMessage Timestamp(int field, long seconds, int nanoseconds)
    {
        var inner = new VideoViewMessage();
        inner.Write(1, WireFormat.WireType.Varint, () => inner.output.WriteInt64(seconds));
        if (nanoseconds != 0)
            inner.Int32(2, nanoseconds);
        return Bytes(field, ByteString.CopyFrom(inner.ToArray()));
    }

    private VideoViewMessage Write(int field, WireFormat.WireType type, Action value)
    {
        output.WriteTag(field, type);
        value();
        return this;
    }
}

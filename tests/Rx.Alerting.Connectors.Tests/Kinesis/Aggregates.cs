using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>Writes aggregated records as the Kinesis Producer Library does.</summary>
internal static class Aggregates
{
    private static readonly byte[] Magic = [0xF3, 0x89, 0x9A, 0xC2];

    /// <param name="parts">Partition key, explicit hash key or null, and text of each part.</param>
    internal static byte[] Of(params (string Key, string? Hash, string Text)[] parts) => Sealed(Message(parts));

    internal static byte[] Sealed(byte[] message) => [.. Magic, .. message, .. MD5.HashData(message)];

    internal static byte[] Message(params (string Key, string? Hash, string Text)[] parts)
    {
        var keys = parts.Select(part => part.Key).Distinct().ToList();
        var hashes = parts.Select(part => part.Hash).OfType<string>().Distinct().ToList();
        return Bytes(output =>
        {
            foreach (var key in keys)
                Text(output, 1, key);
            foreach (var hash in hashes)
                Text(output, 2, hash);
            foreach (var (key, hash, text) in parts)
            {
                output.WriteTag(3, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(Bytes(part =>
                {
                    Number(part, 1, keys.IndexOf(key));
                    if (hash is not null)
                        Number(part, 2, hashes.IndexOf(hash));
                    Text(part, 3, text);
                })));
            }
        });
    }

    internal static byte[] Bytes(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
            write(output);
        return buffer.ToArray();
    }

    internal static void Number(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    internal static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Encoding.UTF8.GetBytes(value)));
    }
}

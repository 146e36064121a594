using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Views;

/// <summary>The same views as lines of JSON of about 600 bytes and as messages of Protocol Buffers, one in fifty failed.</summary>
internal sealed class MuxRecords
{
    internal const int Count = 4096;

    internal MuxRecords()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            var title = random.Next(100_000);
            var failed = i % 50 == 0;
            var time = DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_123 + (i * 1000L));
            Json.Add(Encoding.UTF8.GetBytes(JsonOf(random.NextInt64(), title % 24, title, time, failed)));
            Protobuf.Add(ProtobufOf(random.NextInt64(), title, i, failed));
        }
    }

    internal List<byte[]> Json { get; } = [];

    internal List<byte[]> Protobuf { get; } = [];

    /// <summary>Puts the records into a batch once. Decoding them again overwrites the decoded views, not the records.</summary>
    internal static (ViewBatch Batch, TextRange[] Ranges) Fill(List<byte[]> records)
    {
        var batch = new ViewBatch("benchmark");
        return (batch, [.. records.Select(record => batch.Append(record))]);
    }

    /// <summary>A view that ends at <paramref name="end"/>.</summary>
    internal static string JsonOf(long id, int property, int title, DateTimeOffset end, bool failed)
    {
        var time = end.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var error = failed ? ("4711", "\"2000\"", "\"The network was lost\"") : ("null", "null", "null");
        return $$"""
            {"view_id":"{{id:x16}}","property_id":"{{property}}","view_start":"{{time}}","view_end":"{{time}}",
            "asn":3320,"browser":"Chrome","cdn":"fastly","country":"DE","error_type":{{error.Item1}},
            "operating_system":"Windows","playback_business_exception_error_type_id":null,
            "playback_failure_error_type_id":{{error.Item1}},"player_error_code":{{error.Item2}},
            "player_error_message":{{error.Item3}},"player_name":"Main player","player_version":"7.4.2",
            "stream_type":"on-demand","video_id":"title-{{title:x8}}",
            "video_startup_business_exception_error_type_id":null,"video_startup_failure":false,
            "video_title":"Title number {{title}}","watch_time":61234}
            """.ReplaceLineEndings("");
    }

    private static byte[] ProtobufOf(long id, int title, int second, bool failed)
    {
        var bytes = new List<byte>();
        Text(bytes, 1, $"{id:x16}");
        Text(bytes, 2, $"{title % 24}");
        Time(bytes, 3, 1_767_225_600 + second);
        Time(bytes, 4, 1_767_225_600 + second);
        Number(bytes, 6, 3320);
        Text(bytes, 7, "Chrome");
        Text(bytes, 9, "fastly");
        Text(bytes, 12, "DE");
        if (failed)
            Number(bytes, 19, 4711);
        Text(bytes, 29, "Windows");
        if (failed)
        {
            Text(bytes, 36, "2000");
            Text(bytes, 37, "The network was lost");
        }

        Text(bytes, 43, "Main player");
        Text(bytes, 55, "7.4.2");
        Text(bytes, 73, $"title-{title:x8}");
        Text(bytes, 79, $"Title number {title}");
        Number(bytes, 101, 61234);
        Text(bytes, 114, "on-demand");
        Number(bytes, 131, 0);
        if (failed)
            Number(bytes, 143, 4711);
        return [.. bytes];
    }

    private static void Text(List<byte> bytes, int field, string text) => Bytes(bytes, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(List<byte> bytes, int field, byte[] value)
    {
        Varint(bytes, ((uint)field << 3) | 2);
        Varint(bytes, (uint)value.Length);
        bytes.AddRange(value);
    }

    private static void Number(List<byte> bytes, int field, uint value)
    {
        Varint(bytes, (uint)field << 3);
        Varint(bytes, value);
    }

    private static void Time(List<byte> bytes, int field, long seconds)
    {
        var inner = new List<byte>();
        Number(inner, 1, (uint)seconds);
        Number(inner, 2, 123_000_000);
        Bytes(bytes, field, [.. inner]);
    }

    private static void Varint(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}

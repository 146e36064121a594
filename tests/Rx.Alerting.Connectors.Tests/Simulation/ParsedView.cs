using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Connectors.Tests.Simulation;

/// <summary>A view as this test reads it back, with none of the code that wrote it or that the service reads with.</summary>
internal sealed partial record ParsedView(
    ulong Id,
    string PropertyId,
    string VideoId,
    long EventTime,
    string? ErrorType,
    IReadOnlyDictionary<string, string?>? Dimensions)
{
    /// <summary>The names of the dimensions, and their fields in protobuf.</summary>
    private static readonly (string Name, int Field)[] DimensionFields =
    [
        ("asn", 6), ("browser", 7), ("cdn", 9), ("country", 12), ("operating_system", 29), ("player_name", 43), ("player_version", 55),
        ("stream_type", 114),
    ];

    /// <summary>Whether the view has the values of a slice.</summary>
    public bool IsIn(IReadOnlyList<LabelDimension> slice) => slice.All(value => Dimensions![value.Name] == value.Value);

    public static List<ParsedView> Read(RecordFormat format, string path) => format switch
    {
        RecordFormat.MuxJson => [.. File.ReadLines(path).Select(Json)],
        RecordFormat.AccessLog => [.. File.ReadLines(path).Select(Log)],
        _ => Protobuf(File.ReadAllBytes(path)),
    };

    private static ParsedView Json(string line)
    {
        using var document = JsonDocument.Parse(line);
        var view = document.RootElement;
        var failure = view.GetProperty("playback_failure_error_type_id");
        return new ParsedView(
            Convert.ToUInt64(view.GetProperty("view_id").GetString(), 16),
            view.GetProperty("property_id").GetString()!,
            (view.TryGetProperty("video_id", out var id) ? id : view.GetProperty("video_title")).GetString()!,
            view.GetProperty("view_end").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            failure.ValueKind == JsonValueKind.Null ? null : failure.GetRawText(),
            DimensionFields.ToDictionary(field => field.Name, field => (string?)view.GetProperty(field.Name).ToString()));
    }

    private static ParsedView Log(string line)
    {
        var match = LogLine().Match(line);
        Assert.True(match.Success, line);
        var time = DateTimeOffset.ParseExact(
            match.Groups["time"].Value.Insert(24, ":"), "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture);
        var status = match.Groups["status"].Value;
        return new ParsedView(
            Convert.ToUInt64(match.Groups["id"].Value, 16),
            match.Groups["host"].Value,
            match.Groups["path"].Value,
            time.ToUnixTimeMilliseconds(),
            status[0] == '5' ? status : null,
            null);
    }

    private static List<ParsedView> Protobuf(byte[] bytes)
    {
        var views = new List<ParsedView>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)Varint(bytes, ref at);
            var fields = Fields(bytes.AsSpan(at, length).ToArray());
            at += length;
            var time = Fields(fields[4].Bytes);
            views.Add(new ParsedView(
                Convert.ToUInt64(Text(fields, 1), 16),
                Text(fields, 2)!,
                Text(fields, 73) ?? Text(fields, 79)!,
                ((long)time[1].Number * 1000) + ((long)time[2].Number / 1_000_000),
                fields.TryGetValue(143, out var failure) && failure.Number > 0
                    ? failure.Number.ToString(CultureInfo.InvariantCulture)
                    : null,
                DimensionFields.ToDictionary(field => field.Name, field => Dimension(fields, field.Field))));
        }

        return views;
    }

    private static string? Text(Dictionary<int, (ulong Number, byte[] Bytes)> fields, int number) =>
        fields.TryGetValue(number, out var field) ? Encoding.UTF8.GetString(field.Bytes) : null;

    private static string? Dimension(Dictionary<int, (ulong Number, byte[] Bytes)> fields, int number) =>
        fields[number].Bytes is { Length: > 0 } ? Text(fields, number) : fields[number].Number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<int, (ulong Number, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new Dictionary<int, (ulong, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var number = (tag & 7) is 1 ? BitConverter.ToUInt64(message, at) : Varint(message, ref at);
            var length = (tag & 7) switch { 1 => 8, 2 => (int)number, _ => 0 };
            fields.Add((int)(tag >> 3), (number, (tag & 7) is 2 ? message.AsSpan(at, length).ToArray() : []));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80)
                return value;
        }
    }

    [GeneratedRegex(
        """^(?<host>\S+):443 \S+ - - \[(?<time>[^\]]+)\] "GET (?<path>\S+?)\?session=(?<id>\w+) HTTP/1.1" """
        + """(?<status>\d{3}) \d+ "[^"]*" "[^"]*"$""")]
    private static partial Regex LogLine();
}

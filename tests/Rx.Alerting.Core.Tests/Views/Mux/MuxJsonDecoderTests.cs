using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views.Mux;

public sealed class MuxJsonDecoderTests
{
    private const string Required = """ "property_id":"p1","view_end":"2026-11-22T08:30:00.5Z" """;
    private readonly MuxJsonDecoder decoder = new();

    [Fact]
    public void Decode_SucceededView_HasKeysAndTime()
    {
        var batch = decoder.Decode(
            """{"view_id":"v","property_id":"p1","video_id":"t1","video_title":"Title","view_end":"2026-11-22T08:30:00.5Z","cdn":"c"}""");
        Assert.Equal("p1", batch.Property());
        Assert.Equal("t1", batch.Title());
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 30, 0, 500, TimeSpan.Zero), batch.EventTime());
        Assert.Equal(View.NoArrivalTime, batch.View().ArrivalTime);
        Assert.Null(batch.ErrorType());
        Assert.Equal(0, batch.FailureCount);
    }

    [Fact]
    public void Decode_FailedView_HasEverythingThatIsToldOfIt()
    {
        var batch = decoder.Decode("""
            {"asn":15169,"cdn":"fastly","country":"DE","browser":"Firefox","operating_system":"Linux","player_name":"main",
             "player_version":"1.2","stream_type":"live","viewer_device_category":"tv",
             "viewer_user_id":"u7","video_title":"Enlace","video_id":"t1","player_error_code":"2",
             "player_error_message":"network \"lost\"","playback_failure_error_type_id":4711, "property_id":12345,"view_end":1431857103}
            """);
        Assert.Equal("12345", batch.Property());
        Assert.Equal("4711", batch.ErrorType());
        Assert.Equal("network \"lost\"", batch.Message());
        Assert.Equal("Enlace", batch.VideoTitle());
        Assert.Equal(
            ["fastly", "DE", "15169", "Firefox", "Linux", "tv", "main", "1.2", "live", "u7"],
            Enum.GetValues<Dimension>().Take(DimensionValues.OfMux).Select(dimension => batch.Dimension(dimension)));
    }

    [Theory]
    [InlineData("\"video_id\":\"\",\"video_title\":\"T\"", "T")]
    [InlineData("\"video_id\":null,\"video_title\":\"T\"", "T")]
    [InlineData("\"video_title\":\"T\"", "T")]
    [InlineData("\"video_id\":77,\"video_title\":\"T\"", "77")]
    [InlineData("\"view_id\":\"v\"", "")]
    [InlineData("\"video_id\":\"\\u00e9\\ud83d\\ude00\\n\\/\"", "é😀\n/")]
    [InlineData("\"video_id\":\"é😀\"", "é😀")]
    [InlineData("\"\\u0076ideo_id\":\"escaped name\"", "escaped name")]
    public void Decode_Title_IsIdElseTitle(string fields, string expected) =>
        Assert.Equal(expected, decoder.Decode($"{{{Required},{fields}}}").Title());

    [Fact]
    public void Decode_DuplicateKeys_LastCounts()
    {
        var batch = decoder.Decode(
            $$"""{"property_id":"first","video_id":"a",{{Required}},"video_id":"b","error_type":7,"error_type":null}""");
        Assert.Equal("p1", batch.Property());
        Assert.Equal("b", batch.Title());
        Assert.Null(batch.ErrorType());
    }

    [Fact]
    public void Decode_UnknownFields_AreSkippedWithAllThatIsInThem() =>
        Assert.Equal(
            "p1", decoder.Decode($$"""{"events":[{"property_id":"inner","x":[[]]},{}],"custom_1":{"view_end":1},{{Required}},"z":-1.5e3}""")
                .Property());

    [Fact]
    public void Decode_EscapedOffset_IsRead() =>
        Assert.Equal(8, decoder.Decode("""{"property_id":"p","view_end":"2026-11-22T10:30:00\u002B02:00"}""").EventTime().Hour);

    [Theory]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\"}", RejectionReason.MissingProperty)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":\"\"}", RejectionReason.MissingProperty)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":null}", RejectionReason.MissingProperty)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":{}}", RejectionReason.Malformed)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":true}", RejectionReason.Malformed)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":false}", RejectionReason.Malformed)]
    [InlineData("{\"view_end\":{},\"property_id\":\"p\"}", RejectionReason.Malformed)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":NaN}", RejectionReason.MissingProperty)]
    [InlineData("{\"view_end\":NaN,\"property_id\":\"p\"}", RejectionReason.MissingEventTime)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":Nan}", RejectionReason.Malformed)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":\"p\\\"}", RejectionReason.Malformed)]
    [InlineData("{\"view_end\":\"2026-11-22T08:30:00Z\",\"property_id\":\"p\",\"cdn\":\"c\\", RejectionReason.Malformed)]
    [InlineData("{\"property_id\":\"p\"}", RejectionReason.MissingEventTime)]
    [InlineData("{\"property_id\":\"p\",\"view_end\":null}", RejectionReason.MissingEventTime)]
    [InlineData("{\"property_id\":\"p\",\"view_end\":-1}", RejectionReason.InvalidEventTime)]
    [InlineData("{\"property_id\":\"p\",\"view_end\":1e300}", RejectionReason.InvalidEventTime)]
    [InlineData("{\"property_id\":\"p\",\"view_end\":\"0001-01-01T00:00:00Z\"}", RejectionReason.InvalidEventTime)]
    [InlineData("{\"property_id\":\"p\",\"view_end\":\"soon\"}", RejectionReason.InvalidEventTime)]
    [InlineData("{\"property_id\":\"p\",\"view_end\":\"2026-11-22T08:3", RejectionReason.Malformed)]
    [InlineData("", RejectionReason.Malformed)]
    [InlineData("null", RejectionReason.Malformed)]
    [InlineData("[]", RejectionReason.Malformed)]
    [InlineData("{} {}", RejectionReason.Malformed)]
    [InlineData("{\"property_id\":\"p\",}", RejectionReason.MissingEventTime)]
    [InlineData("{\"property_id\":\"p\",,}", RejectionReason.Malformed)]
    [InlineData("{,}", RejectionReason.Malformed)]
    [InlineData("not json", RejectionReason.Malformed)]
    public void Decode_BadRecord_IsRejectedWithReason(string record, RejectionReason expected)
    {
        var batch = decoder.Decode(record);
        Assert.Equal(expected, batch.Reason());
        Assert.Equal(record, batch.String(batch.Samples.Single().Record));
    }

    [Fact]
    public void Decode_EveryPrefixOfARecord_IsMalformed()
    {
        var record = Encoding.UTF8.GetBytes($$"""{"events":[{"a":1.5,"b":"\u0041"}],"video_startup_failure":true,{{Required}},"x":null}""");
        for (var length = 0; length < record.Length; length++)
            Assert.Equal(RejectionReason.Malformed, decoder.Decode(record.AsSpan(0, length)).Reason());
        Assert.Equal("video_startup_failure", decoder.Decode(record).ErrorType());
    }

    [Fact]
    public void Decode_RandomBytes_AreOneViewOrOneRejection() =>
        Prop.ForAll<byte[]>(bytes => { decoder.Decode(bytes); }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_ChangedBytes_CostNoObjectThatTheFrameworkReadsAndNoPropertyAndTime()
    {
        var record = Encoding.UTF8.GetBytes(
            $$"""{"events":[{"a":-1.5e+3,"b":"\u0041\n"},[true,false,null]],{{Required}}, "x" : {"y":0 } }""");
        var required = Encoding.UTF8.GetBytes(Required);
        var expected = (decoder.Decode(record).Property(), decoder.Decode(record).EventTime());
        var changes = ArbMap.Default.GeneratorFor<(int At, byte New)[]>();
        Prop.ForAll(changes.ToArbitrary(), some =>
        {
            var changed = record.ToArray();
            foreach (var (at, value) in some.Take(3))
                changed[(int)((uint)at % changed.Length)] = (byte)(value & 0x7F);
            var batch = decoder.Decode(changed);
            if (IsObject(WithStrictTexts(changed)))
                return batch.Reason() != RejectionReason.Malformed;
            return batch.ViewCount == 0 || changed.AsSpan().IndexOf(required) < 0 || (batch.Property(), batch.EventTime()) == expected;
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>
    /// The JSON without the texts that the framework's parser refuses: without control characters, and without invalid escapes.
    /// </summary>
    private static byte[] WithStrictTexts(byte[] json)
    {
        var strict = new List<byte>();
        var inText = false;
        for (var at = 0; at < json.Length; at++)
        {
            var value = json[at];
            inText ^= value == '"';
            if (!inText || value != '\\')
            {
                strict.Add(inText && value < ' ' ? (byte)' ' : value);
                continue;
            }

            strict.Add(value);
            var escaped = at + 1 < json.Length ? (char)json[++at] : ' ';
            var digits = Encoding.Latin1.GetString(json.AsSpan(Math.Min(at + 1, json.Length)..Math.Min(at + 5, json.Length)));
            var isUnit = escaped == 'u' && digits.Length == 4 && digits.All(char.IsAsciiHexDigit);
            if (!isUnit && !"\"\\/bfnrt".Contains(escaped, StringComparison.Ordinal))
                strict.Add(value);
            strict.Add(escaped < ' ' ? (byte)' ' : (byte)escaped);
        }

        return [.. strict];
    }

    private static bool IsObject(byte[] json)
    {
        try
        {
            return JsonDocument.Parse(json).RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Rx.Alerting.Core.Tests.Views.Mux;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views;

/// <summary>
/// A text for people never rejects its view. Whatever bytes the text has, the view counts with the same keys, time and outcome. Whether a
/// view counts never depends on whether it failed.
/// </summary>
public sealed class PeopleTextTests
{
    private static readonly string[] JsonTexts =
        [
            "video_title",
            "player_error_message",
            "cdn",
            "country",
            "asn",
            "browser",
            "operating_system",
            "player_name",
            "player_version",
            "stream_type",
            "custom",
        ];

    private readonly MuxJsonDecoder json = new();
    private readonly MuxProtobufDecoder protobuf = new();
    private readonly AccessLogDecoder log = new(new());

    [Fact]
    public void DecodeJson_AnyBytesInATextForPeople_ChangeNothingElse() => ForAll((bytes, at) =>
        Fields(json.Decode(Json(JsonTexts[at % JsonTexts.Length], InJson(bytes), failed: true))) == ("p", "t", 1_431_857_103_000, "7"));

    [Fact]
    public void DecodeProtobuf_AnyBytesInATextForPeople_ChangeNothingElse()
    {
        int[] fields = [1, 7, 9, 12, 29, 36, 37, 43, 55, 79, 114, 195];
        ForAll((bytes, at) => Fields(protobuf.Decode(VideoViewMessage.WithRequiredFields().Text(73, "t").Int32(143, 7)
            .Bytes(fields[at % fields.Length], ByteString.CopyFrom(bytes)).ToArray())) == ("p1", "t", 1_431_857_103_250, "7"));
    }

    [Fact]
    public void DecodeLog_AnyBytesBehindTheStatus_ChangeNothingElse() => ForAll((bytes, at) =>
    {
        var rest = "12 \"https://www.example.com/\" \"Mozilla/5.0 (X11)\" 0.004 \"more\""u8.ToArray();
        foreach (var value in bytes)
            rest[at++ % rest.Length] = value;
        byte[] line =
            [.. "www.example.com 10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 503 "u8, .. rest[..^(at % rest.Length)]];
        return Fields(log.Decode(line)) == ("www.example.com", "/a", 1_431_857_103_000, "503");
    });

    [Fact]
    public void DecodeLog_AnyBytesInTheUsersName_ChangeNothingElse() => ForAll((bytes, _) =>
        Fields(log.Decode([.. "www.example.com 10.0.0.1 - "u8, .. bytes, .. " [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 503 -"u8]))
            == ("www.example.com", "/a", 1_431_857_103_000, "503"));

    [Fact]
    public void DecodeJson_AnyBytesInAKey_GiveTheSameKeyWhetherTheViewFailed()
    {
        string[] keys = ["property_id", "video_id", "video_title"];
        ForAll((bytes, at) =>
        {
            var field = keys[at % keys.Length];
            var id = field == "video_title" ? "" : "t";
            var (failed, succeeded) = (
                json.Decode(Json(field, InJson(bytes), failed: true, id)), json.Decode(Json(field, InJson(bytes), failed: false, id)));
            return failed.Reason() == succeeded.Reason()
                && (failed.Reason() == RejectionReason.MissingProperty || Keys(failed) == Keys(succeeded));
        });
    }

    [Fact]
    public void DecodeJson_AnyBytesInTheErrorType_CountAFailure() => ForAll((bytes, _) =>
    {
        var text = Encoding.Latin1.GetString(InJson(bytes));
        return json.Decode(Json("error_type", InJson(bytes), failed: true)).View().Failed == (text is not ("" or "0"));
    });

    [Fact]
    public void DecodeLog_AnyBytesInThePath_GiveTheSameKeyWhetherTheViewFailed() => ForAll((bytes, _) =>
    {
        byte[] Line(string status) =>
            [.. "h - - [17/May/2015:10:05:03 +0000] \"GET /"u8, .. bytes, .. " HTTP/1.1\" "u8, .. Encoding.UTF8.GetBytes(status)];
        return Keys(log.Decode(Line("503"))) == Keys(log.Decode(Line("200")));
    });

    private static void ForAll(Func<byte[], int, bool> property)
    {
        var bytes = Gen.OneOf(ArbMap.Default.GeneratorFor<byte>(), Gen.Elements("\\\\\"u0dD8x \t\n{}[]"u8.ToArray())).ArrayOf();
        var cases = bytes.SelectMany(_ => Gen.Choose(0, 1000), (text, at) => (text, at));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(cases.ToArbitrary(), one => property(one.text, one.at)));
    }

    /// <summary>Escapes what would end or prolong a text: a quote without a backslash, and a backslash at the end.</summary>
    private static byte[] InJson(byte[] bytes)
    {
        var text = new List<byte>();
        var escapes = false;
        foreach (var value in bytes)
        {
            if (value == '"' && !escapes)
                text.Add((byte)'\\');
            text.Add(value);
            escapes = value == '\\' && !escapes;
        }

        if (escapes)
            text.Add((byte)'\\');
        return [.. text];
    }

    private static byte[] Json(string field, byte[] text, bool failed, string id = "t") =>
    [
        .. Encoding.UTF8.GetBytes($"{{\"property_id\":\"p\",\"video_id\":\"{id}\",\"view_end\":1431857103,"),
        .. Encoding.UTF8.GetBytes($"\"error_type\":{(failed ? "7" : "null")},\"{field}\":\""),
        .. text,
        .. "\",\"last\":1}"u8,
    ];

    private static (string Property, string Title) Keys(ViewBatch batch) => (batch.Property(), batch.Title());

    private static (string Property, string Title, long EventTime, string? ErrorType) Fields(ViewBatch batch) =>
        (batch.Property(), batch.Title(), batch.View().EventTime, batch.ErrorType());
}

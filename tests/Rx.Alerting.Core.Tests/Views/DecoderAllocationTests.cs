using System.Text;
using Rx.Alerting.Core.Tests.Views.Mux;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class DecoderAllocationTests
{
    private const string Date = "[17/May/2015:10:05:03 +0000]";

    [Fact]
    public void Decode_ViewsFailuresAndRubbish_AllocatesNothing()
    {
        byte[][] lines =
        [
            .. new[]
            {
                """{"property_id":"p","video_id":"t","view_end":"2026-11-22T08:30:00Z"}""",
                """{"property_id":"\u0070","video_title":"t\n","view_end":1767225600,"error_type":7,"asn":5,"events":[{"a":[1]}]}""",
                """{"property_id":"p","view_en""",
                "rubbish",
                $"v:80 h - - {Date} \"GET /a?b HTTP/1.1\" 503 12 \"-\" \"-\"",
                $"h - - {Date} \"GET /a",
                $"h - - {Date} \"GET /a\" 200 \"-\"h - - {Date} \"GET /a\" 200 -",
                """{"property_id":114.0,"video_id":"\ud83d","view_end":"2026-11-22 08:30:00.5 UTC","""
                + """ "error_type":7e0,"cdn":{"a":1},"x":NaN}""",
                """{"property_id":"p","view_end":1.779012E12,"error_type":7,"player_error_message":"a "quoted" text"}""",
                """{"property_id":"p","view_end":1.779012E12,"cdn":None,"x":[[a]],"y":'z',"""
                + """ "error_type":fatal,"player_error_message":"C:\",}""",
                "<190>1 2026-05-17T10:00:00Z web01 nginx 1 - - V:80 203.0.113.9, "
                + $"10.0.0.1 - Jane Roe {Date} \"get  /a\"b http/1.1\" 503 1 \"",
            }.Select(Encoding.UTF8.GetBytes),
            VideoViewMessage.WithRequiredFields().Text(73, "t").Int32(143, 7).Int32(6, 5).ToArray(),
            [0xFF, 0xFE],
            [.. "{\"property_id\":\"p\",\"view_end\":1767225600,\"error_type\":7,\"cdn\":\""u8, 0xC3, .. "\"}"u8],
        ];
        IViewDecoder[] decoders = [new MuxJsonDecoder(), new MuxProtobufDecoder(), new AccessLogDecoder(new())];
        var batch = new ViewBatch("p");
        AllocationAssert.None(() =>
        {
            for (var i = 0; i < 100; i++)
                DecodeAll();
        });

        void DecodeAll()
        {
            batch.Clear();
            foreach (var decoder in decoders)
            {
                foreach (var line in lines)
                    decoder.Decode(batch, batch.Append(line), View.NoArrivalTime);
            }
        }
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Core.Tests.Views.AccessLog;

public sealed class AccessLogDecoderTests
{
    private const string Date = "[17/May/2015:10:05:03 +0200]";
    private readonly AccessLogDecoder decoder = new(new AccessLogOptions());

    [Fact]
    public void Decode_CombinedFormat_HasKeysTimeAndFailure()
    {
        const string Request = "\"GET /videos/a%20b.mp4?t=1 HTTP/1.1\"";
        var batch = decoder.Decode($"10.0.0.1 - frank {Date} {Request} 503 2326 \"http://x.example/\" \"Mozilla/5.0 (X11)\"");
        Assert.Equal("access-log", batch.Property());
        Assert.Equal("/videos/a%20b.mp4", batch.Title());
        Assert.Equal(new DateTimeOffset(2015, 5, 17, 8, 5, 3, TimeSpan.Zero), batch.EventTime());
        Assert.Equal("503", batch.ErrorType());
        Assert.Equal("HTTP 503", batch.Message());
        Assert.Equal("/videos/a%20b.mp4", batch.VideoTitle());
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1", "/a")]
    [InlineData("GET /a", "/a")]
    [InlineData("GET /a b?c HTTP/1.0", "/a b")]
    [InlineData("GET /a#b HTTP/1.1", "/a")]
    [InlineData("GET http://h.example/a?b HTTP/1.1", "/a")]
    [InlineData("GET http://h.example HTTP/1.1", "")]
    [InlineData("GET /to?u=http://h.example/ HTTP/1.1", "/to")]
    [InlineData("OPTIONS * HTTP/1.0", "*")]
    [InlineData("GET /\\\"quoted\\\" HTTP/1.1", "/\\\"quoted\\\"")]
    [InlineData("M-SEARCH /s HTTP/1.1", "/s")]
    [InlineData("VERSION-CONTROL /v HTTP/1.1", "/v")]
    [InlineData("get /g HTTP/1.1", "/g")]
    [InlineData("!#$%&'*+-.^_`|~09 /t HTTP/1.1", "/t")]
    [InlineData("GET  /two  HTTP/1.1", "/two")]
    [InlineData("GET /p http/1.1", "/p")]
    [InlineData("GET /p/http/1 Http/2.0 ", "/p/http/1")]
    [InlineData("GET\t/tab\tHTTP/1.1", "/tab")]
    [InlineData("GET /p HTTP/2", "/p")]
    [InlineData(" GET /v HTTP/1.1", "/v")]
    [InlineData(" \t GET  http://h.example/v?q ", "/v")]
    [InlineData("  ", "")]
    [InlineData("GET /p HTTP/3.0", "/p")]
    [InlineData("GET /p?a HTTP/1.1?b http/9", "/p")]
    [InlineData("DESCRIBE rtsp://h.example/live/1 RTSP/1.0", "/live/1")]
    [InlineData("GET  HTTP/1.1", "")]
    [InlineData("GET ", "")]
    [InlineData("G(T /a HTTP/1.1", "")]
    [InlineData("GET /a\"b HTTP/1.1", "/a\"b")]
    [InlineData("GET /a\" 20 HTTP/1.1", "/a\" 20")]
    [InlineData("GET /a\\", "/a\\")]
    [InlineData("-", "")]
    [InlineData("", "")]
    [InlineData("\\x16\\x03\\x01", "")]
    [InlineData("\\x16\\x03 \\x01", "")]
    public void Decode_Request_GivesThePathAsTitle(string request, string expected) =>
        Assert.Equal(expected, decoder.Decode($"h - - {Date} \"{request}\" 400 -").Title());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 12")]
    [InlineData(" -")]
    [InlineData(" 12x")]
    [InlineData(" 12 \"-\" \"curl\"")]
    [InlineData(" 12 \"-\" \"a \\\"quoted\\\" agent\" 0.004 \"more\"")]
    [InlineData(" 12 \"-\" \"Dalvik \"Tab\" 10\"")]
    [InlineData(" 12 \"\" 200 \"\"")]
    [InlineData(" 12 \"-\" \"-\" {\"up\": \"a\"}")]
    [InlineData(" 12 \"-\" \"-\"; more, \u0001 and so on")]
    [InlineData(" 12 \"-\"\"-\"")]
    [InlineData(" 12 \"http://x.exam")]
    [InlineData(" 12 \"-\" \"Mozilla/5.0 (X11")]
    [InlineData(" 12 \"-\" \"\\")]
    [InlineData("\t12\t\"-\"")]
    public void Decode_RestOfTheLine_MayBeAnything(string rest)
    {
        var batch = decoder.Decode($"h - - {Date} \"GET /a HTTP/1.1\" 503{rest}");
        Assert.Equal("/a", batch.Title());
        Assert.Equal("503", batch.ErrorType());
    }

    [Theory]
    [InlineData("10.0.0.1 {C}10.0.0.2 {C}", "access-log /v")]
    [InlineData("10.0.0.1 {C}\\n10.0.0.2 {C}\\n", "access-log /v")]
    [InlineData("10.0.0.1 {C}\\r\\n10.0.0.2 - DOMAIN\\nick {C}", "access-log /v")]
    [InlineData("10.0.0.1 {C} 10.0.0.2 {C}", "access-log /v")]
    [InlineData("10.0.0.1 {C}\"0.1\" 0.00410.0.0.2 {C}", "access-log /v")]
    [InlineData("10.0.0.1 {S}10.0.0.2 {C}", "access-log /v")]
    [InlineData("10.0.0.1 {C}10.0.0.2 - \"\" [17/May/2015:10:05:03 +0200] \"GET http://h HTTP/1.1\" 200", "access-log ")]
    [InlineData("10.0.0.1 {C}2026-05-17T10:00:00.1Z stdout F www.example.com 10.0.0.2 {C}", "www.example.com /v")]
    [InlineData("shop.example:80 10.0.0.1 {C}www.example.com:80 10.0.0.2 {C}", "www.example.com /v")]
    [InlineData("shop.example 10.0.0.1 {C}\\nwww.example.com 10.0.0.2 {C}", "www.example.com /v")]
    [InlineData("shop.example 10.0.0.1 {S}\\nwww.example.com 10.0.0.2 {C}", "www.example.com /v")]
    public void Decode_RecordsOnOneLine_AreAllRead(string line, string last)
    {
        var batch = Joined(line);
        Assert.Equal((2, 0), (batch.ViewCount, batch.RejectedCount));
        Assert.Equal("/v", batch.String(batch.Views[0].Title));
        Assert.Equal(last, $"{batch.String(batch.Views[1].Property)} {batch.String(batch.Views[1].Title)}");
    }

    [Theory]
    [InlineData("h {C}", 300)]
    [InlineData("www.example.com 10.0.0.1 {C}", 300)]
    public void Decode_LogWithoutLineEnds_IsAllRead(string line, int count)
    {
        var batch = Joined(string.Concat(Enumerable.Repeat(line, count)));
        Assert.Equal((count, 0), (batch.ViewCount, batch.RejectedCount));
        Assert.Single(batch.Views.ToArray().DistinctBy(view => view.PropertyHash));
    }

    [Theory]
    [InlineData("www.example.com 10.0.0.1 {C} www.example.com 10.0.0.2 {C}")]
    [InlineData("www.example.com 10.0.0.1 {S}www.example.com 10.0.0.2 {C}")]
    [InlineData("10.0.0.1 {S} \"-\" \"Mozilla/5.0 (X1110.0.0.2 {C}10.0.0.3 {C}")]
    public void Decode_RecordsOnOneLineThatMayBeginAnywhere_AreRejectedOnce(string line)
    {
        var batch = Joined(line);
        Assert.Equal((1, 1), (batch.ViewCount, batch.Rejected[(int)RejectionReason.Malformed]));
        Assert.EndsWith(batch.String(Assert.Single(batch.Samples).Record), Written(line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.1 {S} \"-\" \"[17/May/2015:10:05:03 +0200] \\\"GET /v HTTP/1.1\\\" 503 5\"")]
    [InlineData("10.0.0.1 {S} \"-\" \"[FBAN/FBIOS]\" [17/May/2015:10:05:03 +0200]")]
    [InlineData("10.0.0.1 {S} [17/May/2015:10:05:03 +0200] \"Mozilla/5.0 (X11)\" 503")]
    public void Decode_DateBehindTheStatus_IsNoRecord(string line)
    {
        var batch = Joined(line);
        Assert.Equal((1, 0), (batch.ViewCount, batch.RejectedCount));
    }

    [Theory]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HT")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\"")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" ")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 20")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 2000 -")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\"200 -")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" xyz -")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" - 5 \"-\" 200 -")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a \\")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] GET /a HTTP/1.1 200 -")]
    [InlineData("h - - [17/May/2015] \"GET /a HTTP/1.1\" 200 -")]
    [InlineData("h - -[17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 -")]
    [InlineData("h - - [17/May/2015")]
    [InlineData("h - - [")]
    [InlineData("[Sun May 17 10:00:00.123456 2026] [core:error] [pid 12] [client 203.0.113.9:1234] AH00126: Invalid URI in request")]
    [InlineData("[17/May/2026:10:00:00 +0000] 203.0.113.9 TLSv1.3 TLS_AES_256_GCM_SHA384 \"GET / HTTP/1.1\" 5")]
    [InlineData(
        "[2026-05-17T20:17:00.310Z] \"POST /api HTTP/2\" 204 - 154 0 226 100 \"203.0.113.5\" \"nsq2http\" \"cc21\" "
        + "\"locations\" \"tcp://192.0.2.1:80\"")]
    [InlineData("2026/05/17 10:00:00 [error] 12#0: *1 open() failed, client: 203.0.113.9, request: \"GET / HTTP/1.1\", host: \"x\"")]
    [InlineData("")]
    [InlineData("hello")]
    public void Decode_NoLine_IsMalformed(string line) => Assert.Equal(RejectionReason.Malformed, decoder.Decode(line).Reason());

    [Theory]
    [InlineData("h - [17/May/2015:10:05:03.25 +0200]")]
    [InlineData("h [17/May/2015:10:05:03.25 +0200] ")]
    [InlineData("[17/May/2015:10:05:03.25 +0200]\t")]
    [InlineData("  h\t-\t-\t[17/May/2015:08:05:03,250999]")]
    [InlineData("h - [17/May/2015:00:00:00 +0000] [17/May/2015 08:05:03.25]")]
    [InlineData("h - [7/May/2015:00:00:00] [17/MAY/2015:08:05:03.25]")]
    public void Decode_Date_IsTheTextInBracketsBeforeTheRequest(string words) =>
        Assert.Equal(
            new DateTimeOffset(2015, 5, 17, 8, 5, 3, 250, TimeSpan.Zero), decoder.Decode($"{words} \"GET / HTTP/1.1\" 200 -").EventTime());

    [Theory]
    [InlineData("[17/May/1915:10:05:03 +0000]")]
    [InlineData("[32/May/2015:10:05:03 +0000]")]
    [InlineData("[0/May/2015:10:05:03]")]
    [InlineData("[17/Foo/2015:10:05:03 +0000]")]
    public void Decode_ImpossibleDate_IsInvalid(string date) =>
        Assert.Equal(RejectionReason.InvalidEventTime, decoder.Decode($"h - - {date} \"GET / HTTP/1.1\" 200 -").Reason());

    [Fact]
    public void Decode_InvalidUtf8_IsMendedInTheTitleAndPassedOverElsewhere()
    {
        foreach (var status in new[] { 200, 503 })
        {
            var line = Encoding.Latin1.GetBytes($"h - Jürgen {Date} \"GET /Café HTTP/1.1\" {status} - \"-\" \"Navigatör\"");
            Assert.Equal("/Caf\uFFFD", decoder.Decode(line).Title());
            Assert.Equal(
                status == 503 ? "/Caf\uFFFD" : null, decoder.Decode(line).View().Failed ? decoder.Decode(line).VideoTitle() : null);
        }
    }

    [Fact]
    public void Decode_Options_SayPropertyAndFailures()
    {
        var custom = new AccessLogDecoder(new() { Property = "shop", FailureStatuses = ["404", "50x"] });
        foreach (var (status, expected) in new[] { (200, null), (404, "404"), (403, null), (500, "500"), (509, "509"), (510, null) })
            Assert.Equal(expected, custom.Decode($"h - - {Date} \"GET / HTTP/1.1\" {status} -").ErrorType());
        Assert.Equal("shop", custom.Decode($"h - - {Date} \"GET / HTTP/1.1\" 200 -").Property());
    }

    [Fact]
    public void Constructor_BadOptions_AllNamed()
    {
        var message = Assert.Throws<ArgumentException>(() => new AccessLogDecoder(new() { Property = "", FailureStatuses = ["5x", "xx"] }))
            .Message;
        Assert.Contains("AccessLog:Property is empty", message, StringComparison.Ordinal);
        Assert.Contains("has \"5x\"", message, StringComparison.Ordinal);
        Assert.Contains("has \"xx\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_RandomBytes_AreOneViewOrOneRejection() =>
        Prop.ForAll<byte[]>(bytes => { decoder.Decode(bytes); }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_ChangedBytes_AreOneViewOrOneRejection()
    {
        var line = Encoding.UTF8.GetBytes($"v:80 h - - {Date} \"GET /a?b HTTP/1.1\" 500 12 \"r\" \"a\"");
        Prop.ForAll<(uint At, byte New)[]>(changes =>
        {
            var changed = line.ToArray();
            foreach (var (at, value) in changes.Take(4))
                changed[at % changed.Length] = (byte)(value & 0x7F);
            decoder.Decode(changed);
            decoder.Decode(changed.AsSpan(0, changes.Length % changed.Length));
        }).QuickCheckThrowOnFailure();
    }

    private ViewBatch Joined(string line)
    {
        var batch = new ViewBatch("p");
        decoder.Decode(batch, batch.Append(Encoding.UTF8.GetBytes(Written(line))), View.NoArrivalTime);
        return batch;
    }

    /// <summary>Fills a line: <c>{S}</c> stands for a record up to its size, <c>{C}</c> for a whole record.</summary>
    private static string Written(string line) => line
        .Replace("{C}", "{S} \"-\" \"-\"", StringComparison.Ordinal)
        .Replace("{S}", $"- - {Date} \"GET /v HTTP/1.1\" 503 5", StringComparison.Ordinal);
}

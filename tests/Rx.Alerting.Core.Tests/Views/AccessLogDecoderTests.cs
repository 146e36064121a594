using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class AccessLogDecoderTests
{
    private const string Date = "[17/May/2015:10:05:03 +0200]";
    private readonly AccessLogDecoder decoder = new(new AccessLogOptions());

    [Fact]
    public void Decode_CombinedFormat_HasKeysTimeAndFailure()
    {
        var batch = decoder.Decode($"""10.0.0.1 - frank {Date} "GET /videos/a%20b.mp4?t=1 HTTP/1.1" 503 2326 "http://x.example/" "Mozilla/5.0 (X11)" """.TrimEnd());
        Assert.Equal("access-log", batch.Property());
        Assert.Equal("/videos/a%20b.mp4", batch.Title());
        Assert.Equal(new DateTimeOffset(2015, 5, 17, 8, 5, 3, TimeSpan.Zero), batch.EventTime());
        Assert.Equal("503", batch.ErrorType());
        Assert.Equal("HTTP 503", batch.Message());
        Assert.Equal("/videos/a%20b.mp4", batch.VideoTitle());
    }

    [Theory]
    [InlineData("www.example.com:443 10.0.0.1 - - ", "www.example.com")]
    [InlineData("www.example.com 10.0.0.1 - - ", "www.example.com")]
    [InlineData("- 10.0.0.1 - - ", "access-log")]
    [InlineData("10.0.0.1 - - ", "access-log")]
    [InlineData("10.0.0.1 - John Ronald Tolkien ", "access-log")]
    [InlineData("v.example:80 10.0.0.1 - John Ronald ", "v.example")]
    [InlineData("::1 - [x] ", "access-log")]
    public void Decode_WordsBeforeTheDate_NameTheVirtualHost(string words, string expected) =>
        Assert.Equal(expected, decoder.Decode($"{words}{Date} \"GET / HTTP/1.1\" 200 -").Property());

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
    [InlineData("-", "")]
    [InlineData("", "")]
    [InlineData("\\x16\\x03\\x01", "")]
    [InlineData("\\x16\\x03 \\x01", "")]
    public void Decode_Request_GivesThePathAsTitle(string request, string expected) =>
        Assert.Equal(expected, decoder.Decode($"h - - {Date} \"{request}\" 400 -").Title());

    [Theory]
    [InlineData("")]
    [InlineData(" \"-\" \"curl\"")]
    [InlineData(" \"-\" \"a \\\"quoted\\\" agent\" 0.004 \"more\"")]
    public void Decode_RestOfTheLine_MayBeAnything(string rest) =>
        Assert.Equal("/a", decoder.Decode($"h - - {Date} \"GET /a HTTP/1.1\" 200 12{rest}").Title());

    [Theory]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HT")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 20")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 ")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" xyz -")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 - \"http")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 12x")]
    [InlineData("h - - [17/May/2015:10:05:03 +0000] \"GET /a \\")]
    [InlineData("h - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 -")]
    [InlineData("h - - [17/May/2015")]
    [InlineData("")]
    [InlineData("hello")]
    public void Decode_NoLine_IsMalformed(string line) => Assert.Equal(RejectionReason.Malformed, decoder.Decode(line).Reason());

    [Theory]
    [InlineData("[17/May/1915:10:05:03 +0000]")]
    [InlineData("[32/May/2015:10:05:03 +0000]")]
    [InlineData("[17/Foo/2015:10:05:03 +0000]")]
    public void Decode_ImpossibleDate_IsInvalid(string date) =>
        Assert.Equal(RejectionReason.InvalidEventTime, decoder.Decode($"h - - {date} \"GET / HTTP/1.1\" 200 -").Reason());

    [Fact]
    public void Decode_InvalidUtf8_IsRejected() =>
        Assert.Equal(
            RejectionReason.InvalidUtf8,
            decoder.Decode([.. Encoding.UTF8.GetBytes($"h - - {Date} \"GET /"), 0xFF, .. " HTTP/1.1\" 200 -"u8]).Reason());

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
        var message = Assert.Throws<ArgumentException>(() => new AccessLogDecoder(new() { Property = "", FailureStatuses = ["5x", "xx"] })).Message;
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
}

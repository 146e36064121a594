using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views.Mux;

public sealed class MuxProtobufDecoderTests
{
    private readonly MuxProtobufDecoder decoder = new();

    [Fact]
    public void Decode_SucceededView_HasKeysAndTime()
    {
        var batch = decoder.Decode(Message().Text(73, "t1").Text(79, "Enlace").ToArray());
        Assert.Equal("p1", batch.Property());
        Assert.Equal("t1", batch.Title());
        Assert.Equal(1_431_857_103_250, batch.View().EventTime);
        Assert.Null(batch.ErrorType());
    }

    [Fact]
    public void Decode_FailedView_HasEverythingThatIsToldOfIt()
    {
        var batch = decoder.Decode(Message()
            .Int32(6, 15169).Text(7, "Firefox").Text(9, "fastly").Text(12, "DE").Text(29, "Linux").Text(36, "2").Text(37, "network")
            .Text(43, "main").Text(55, "1.2").Text(79, "Enlace").Text(94, "tv")
            .Text(100, "u7").Text(114, "live").Int32(143, 4711).ToArray());
        Assert.Equal("4711", batch.ErrorType());
        Assert.Equal("Enlace", batch.Title());
        Assert.Equal("Enlace", batch.VideoTitle());
        Assert.Equal("network", batch.Message());
        Assert.Equal(
            ["fastly", "DE", "15169", "Firefox", "Linux", "tv", "main", "1.2", "live", "u7"],
            Enum.GetValues<Dimension>().Take(DimensionValues.OfMux).Select(dimension => batch.Dimension(dimension)));
    }

    [Fact]
    public void Decode_OtherFields_AreSkipped()
    {
        var batch = decoder.Decode(Message()
            .Bytes(5, ByteString.CopyFrom(0xFF, 0xFF)).Double(22, 51.5).Float(24, 0.5f).Bool(20, true).Int32(58, -1)
            .Text(195, "x").Text(536_870_911, "y")
            .Text(143, "not a number").Int32(73, 8).Text(73, "t1").ToArray());
        Assert.Equal("t1", batch.Title());
        Assert.Null(batch.ErrorType());
    }

    [Fact]
    public void Decode_FieldTwice_LastCounts() => Assert.Equal("p2", decoder.Decode(Message().Text(2, "p2").ToArray()).Property());

    [Fact]
    public void ErrorType_Fields_FollowTheTable()
    {
        Assert.Equal("5", decoder.Decode(Message().Int32(143, 5).Int32(19, 9).ToArray()).ErrorType());
        Assert.Null(decoder.Decode(Message().Int32(143, 0).Int32(19, 9).ToArray()).ErrorType());
        Assert.Null(decoder.Decode(Message().Int32(144, 6).Int32(19, 9).ToArray()).ErrorType());
        Assert.Null(decoder.Decode(Message().Int32(145, 6).Bool(131, true).ToArray()).ErrorType());
        Assert.Equal("9", decoder.Decode(Message().Int32(19, 9).Text(36, "2000").ToArray()).ErrorType());
        Assert.Equal("-9", decoder.Decode(Message().Int32(19, -9).ToArray()).ErrorType());
        Assert.Equal("2000", decoder.Decode(Message().Int32(19, 0).Text(36, "2000").ToArray()).ErrorType());
        Assert.Equal("video_startup_failure", decoder.Decode(Message().Bool(131, true).ToArray()).ErrorType());
        Assert.Null(decoder.Decode(Message().Bool(131, false).ToArray()).ErrorType());
    }

    [Fact]
    public void Decode_BadRecords_AreRejectedWithReason()
    {
        Assert.Equal(RejectionReason.MissingEventTime, Reason(new VideoViewMessage()));
        Assert.Equal(RejectionReason.MissingEventTime, Reason(new VideoViewMessage().Text(2, "p").Timestamp(3, 1_431_857_103, 0)));
        Assert.Equal(RejectionReason.MissingProperty, Reason(new VideoViewMessage().Timestamp(4, 1_431_857_103, 0)));
        Assert.Equal(RejectionReason.MissingProperty, Reason(Message().Text(2, "")));
        Assert.Equal(RejectionReason.InvalidEventTime, Reason(Message().Bytes(4, ByteString.Empty)));
        Assert.Equal(RejectionReason.InvalidEventTime, Reason(Message().Timestamp(4, -1, 0)));
        Assert.Equal(RejectionReason.InvalidEventTime, Reason(Message().Timestamp(4, long.MaxValue, 0)));
        Assert.Equal(RejectionReason.InvalidEventTime, Reason(Message().Timestamp(4, 1_431_857_103, 1_000_000_000)));
        Assert.Equal(
            RejectionReason.Malformed, Reason(Message().Tag(100, WireFormat.WireType.StartGroup).Tag(100, WireFormat.WireType.EndGroup)));
        Assert.Equal(RejectionReason.Malformed, Reason(Message().Tag(100, WireFormat.WireType.LengthDelimited)));
        Assert.Equal(RejectionReason.Malformed, Reason(Message().Bytes(4, ByteString.CopyFrom(0x08))));
        Assert.Equal(RejectionReason.Malformed, decoder.Decode([0x00, 0x01]).Reason());
        Assert.Equal(
            RejectionReason.Malformed, decoder.Decode([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]).Reason());
        Assert.Equal(
            RejectionReason.Malformed, decoder.Decode([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]).Reason());
    }

    [Fact]
    public void Decode_InvalidUtf8_IsMendedInEveryText()
    {
        var broken = ByteString.CopyFrom((byte)'a', 0xC3, 0x28);
        var batch = decoder.Decode(
            Message().Bytes(2, broken).Bytes(9, broken).Bytes(36, broken).Bytes(37, broken).Bytes(73, broken).Bytes(79, broken).ToArray());
        Assert.Equal(
            Enumerable.Repeat("a\uFFFD(", 6),
            [batch.Property(), batch.Dimension(Dimension.Cdn), batch.ErrorType(), batch.Message(), batch.Title(), batch.VideoTitle()]);
        Assert.Equal(batch.Title(), decoder.Decode(Message().Bytes(2, broken).Bytes(73, broken).ToArray()).Title());
    }

    [Fact]
    public void Decode_RandomBytes_AreOneViewOrOneRejection() =>
        Prop.ForAll<byte[]>(bytes => { decoder.Decode(bytes); }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_ChangedBytes_AreOneViewOrOneRejection()
    {
        var record = Message().Text(73, "t").Int32(143, 300).Int32(6, 1).Text(37, "message").ToArray();
        Prop.ForAll<(uint At, byte New)[]>(changes =>
        {
            var changed = record.ToArray();
            foreach (var (at, value) in changes.Take(4))
                changed[at % changed.Length] = value;
            decoder.Decode(changed);
        }).QuickCheckThrowOnFailure();
    }

    private static VideoViewMessage Message() => VideoViewMessage.WithRequiredFields();

    private RejectionReason Reason(VideoViewMessage message) => decoder.Decode(message.ToArray()).Reason();
}

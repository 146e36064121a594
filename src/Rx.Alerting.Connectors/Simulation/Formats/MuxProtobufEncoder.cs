using System.Buffers.Binary;
using System.Text;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>
/// Length-delimited <c>video_view.v1.VideoView</c> messages; field numbers as in muxinc/mux-protobuf. Fields are written in
/// the order of their numbers, an event among them, as the exporter does.
/// </summary>
internal sealed class MuxProtobufEncoder(SimulatedWorld world) : RecordEncoder
{
    private readonly byte[] message = new byte[MaximumRecordBytes];
    private readonly byte[] part = new byte[SimulatedNames.MaximumTitleBytes];

    public override int Encode(in SimulatedView view, Span<byte> destination)
    {
        var fields = new RecordWriter(message);
        Identity(ref fields, view);
        Circumstance(ref fields, view);
        Title(ref fields, view);
        var writer = new RecordWriter(destination);
        writer.Varint((uint)fields.Length);
        writer.Raw(message.AsSpan(0, fields.Length));
        return writer.Length;
    }

    private void Identity(ref RecordWriter fields, in SimulatedView view)
    {
        Hex(ref fields, 1, view.Id);
        fields.Field(2, Part(SimulatedNames.Property(RecordFormat.MuxProtobuf, view.Property)));
        Time(ref fields, 3, ViewDetails.Start(view));
        Time(ref fields, 4, view.EventTime);
        Event(ref fields, view);
    }

    private void Circumstance(ref RecordWriter fields, in SimulatedView view)
    {
        var platform = Circumstances.Platforms[view.Platform];
        var error = ViewDetails.Error(view);
        fields.Field(6, ViewDetails.Asn(view));
        fields.Field(7, Part(platform.Browser));
        fields.Field(9, Part(Circumstances.Cdns[view.Cdn]));
        fields.Field(12, Part(Circumstances.Countries[view.Country]));
        if (view.Outcome != Outcome.Success)
            fields.Field(19, error.Id);
        fields.Field(29, Part(platform.System));
        if (view.Outcome != Outcome.Success)
        {
            fields.Field(36, Part(error.Code));
            fields.Field(37, Part(error.Message));
        }

        fields.Field(43, Part(platform.Player));
        fields.Field(55, [(byte)'7', (byte)'.', (byte)('0' + view.PlayerVersion), (byte)'.', (byte)'2']);
        fields.Field(58, view.Noise & 3);
    }

    private void Title(ref RecordWriter fields, in SimulatedView view)
    {
        if (SimulatedNames.HasVideoIds(view.Property))
            Hex(ref fields, 73, world.Names.TitleId(view.Title));
        fields.Field(78, ViewDetails.StartupTime(view));
        fields.Field(79, Part(world.Names.Title(view.Title)));
        fields.Field(101, view.Duration);
        Span<byte> bitrate = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bitrate, 1_000_000 + (view.Noise * 20_000));
        fields.Varint((103 << 3) | 1);
        fields.Raw(bitrate);
        fields.Field(114, Part(Circumstances.StreamTypes[view.StreamType]));
        fields.Field(131, ViewDetails.FailedAtStart(view) ? 1 : 0);
        var error = ViewDetails.Error(view).Id;
        if (view.Outcome is Outcome.Failure or Outcome.Warning)
            fields.Field(143, view.Outcome == Outcome.Failure ? error : 0);
        if (view.Outcome == Outcome.BusinessException)
            fields.Field(ViewDetails.RefusedAtStart(view) ? 145 : 144, error);
    }

    /// <summary>One event, so that readers have something to skip.</summary>
    private static void Event(ref RecordWriter fields, in SimulatedView view)
    {
        Span<byte> bytes = stackalloc byte[96];
        var body = new RecordWriter(bytes);
        Time(ref body, 1, view.EventTime);
        Time(ref body, 2, view.EventTime);
        Time(ref body, 3, view.Duration);
        body.Field(4, "viewend"u8);
        body.Field(7, 1 + (view.Noise & 15));
        fields.Field(5, bytes[..body.Length]);
    }

    private static void Time(ref RecordWriter fields, int number, long ms)
    {
        Span<byte> bytes = stackalloc byte[24];
        var body = new RecordWriter(bytes);
        body.Field(1, ms / 1000);
        body.Field(2, ms % 1000 * 1_000_000);
        fields.Field(number, bytes[..body.Length]);
    }

    private static void Hex(ref RecordWriter fields, int number, ulong value)
    {
        Span<byte> bytes = stackalloc byte[16];
        new RecordWriter(bytes).Hex(value);
        fields.Field(number, bytes);
    }

    private ReadOnlySpan<byte> Part(string text) => part.AsSpan(0, Encoding.UTF8.GetBytes(text, part));
}

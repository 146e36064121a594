using System.Text;
using System.Text.Encodings.Web;

namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>
/// One JSON object a line: the identifying fields first, the others by name, nulls kept, as in Mux Data's streaming export.
/// </summary>
internal sealed class MuxJsonEncoder : RecordEncoder
{
    private readonly SimulatedWorld world;
    private readonly byte[][] platforms;
    private readonly byte[][] failures = Errors(ErrorKind.Failures);
    private readonly byte[][] businessExceptions = Errors(ErrorKind.BusinessExceptions);
    private readonly byte[][] warnings = Errors(ErrorKind.Warnings);

    public MuxJsonEncoder(SimulatedWorld world)
    {
        this.world = world;
        platforms = [.. Circumstances.Platforms.Select(platform => Encoding.UTF8.GetBytes($",\"operating_system\":\"{platform.System}\""))];
    }

    public override int Encode(in SimulatedView view, Span<byte> destination)
    {
        var writer = new RecordWriter(destination);
        var platform = Circumstances.Platforms[view.Platform];
        writer.Raw("{\"view_id\":\""u8);
        writer.Hex(view.Id);
        writer.Raw("\",\"property_id\":\""u8);
        writer.Number(SimulatedNames.PropertyId(view.Property));
        writer.Raw("\",\"view_start\":\""u8);
        writer.Timestamp(ViewDetails.Start(view));
        writer.Raw("\",\"view_end\":\""u8);
        writer.Timestamp(view.EventTime);
        writer.Raw("\",\"asn\":"u8);
        writer.Number(ViewDetails.Asn(view));
        writer.Raw(",\"browser\":\""u8);
        writer.Text(platform.Browser);
        writer.Raw("\",\"cdn\":\""u8);
        writer.Text(Circumstances.Cdns[view.Cdn]);
        writer.Raw("\",\"country\":\""u8);
        writer.Text(Circumstances.Countries[view.Country]);
        writer.Raw("\",\"error_type\":"u8);
        Id(ref writer, view, view.Outcome != Outcome.Success);
        writer.Raw(platforms[view.Platform]);
        writer.Raw(",\"playback_business_exception_error_type_id\":"u8);
        Id(ref writer, view, view.Outcome == Outcome.BusinessException && !ViewDetails.RefusedAtStart(view));
        writer.Raw(",\"playback_failure_error_type_id\":"u8);
        Id(ref writer, view, view.Outcome == Outcome.Failure);
        writer.Raw(Error(view));
        writer.Raw(",\"player_name\":\""u8);
        writer.Text(platform.Player);
        writer.Raw("\",\"player_version\":\"7."u8);
        writer.Number(view.PlayerVersion);
        writer.Raw(".2\",\"stream_type\":\""u8);
        writer.Text(Circumstances.StreamTypes[view.StreamType]);
        Title(ref writer, view);
        return writer.Length;
    }

    private void Title(ref RecordWriter writer, in SimulatedView view)
    {
        if (SimulatedNames.HasVideoIds(view.Property))
        {
            writer.Raw("\",\"video_id\":\""u8);
            writer.Hex(world.Names.TitleId(view.Title));
        }

        writer.Raw("\",\"video_startup_business_exception_error_type_id\":"u8);
        Id(ref writer, view, ViewDetails.RefusedAtStart(view));
        writer.Raw(ViewDetails.FailedAtStart(view) ? ",\"video_startup_failure\":true"u8 : ",\"video_startup_failure\":false"u8);
        writer.Raw(",\"video_title\":\""u8);
        world.Names.WriteTitleJson(ref writer, view.Title);
        writer.Raw("\",\"watch_time\":"u8);
        writer.Number(view.Duration);
        writer.Raw("}\n"u8);
    }

    private static void Id(ref RecordWriter writer, in SimulatedView view, bool given)
    {
        if (given)
            writer.Number(ViewDetails.Error(view).Id);
        else
            writer.Raw("null"u8);
    }

    private ReadOnlySpan<byte> Error(in SimulatedView view) => view.Outcome switch
    {
        Outcome.Failure => failures[view.Error],
        Outcome.BusinessException => businessExceptions[view.Error],
        Outcome.Warning => warnings[view.Error],
        _ => ",\"player_error_code\":null,\"player_error_message\":null"u8,
    };

    private static byte[][] Errors(ErrorKind[] kinds) =>
    [
        .. kinds.Select(kind => Encoding.UTF8.GetBytes(
            $",\"player_error_code\":\"{kind.Code}\",\"player_error_message\":\"{JavaScriptEncoder.Default.Encode(kind.Message)}\"")),
    ];
}

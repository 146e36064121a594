using System.Globalization;

namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>One line of the combined log format with virtual host and port in front, as Apache's <c>vhost_combined</c>.</summary>
internal sealed class AccessLogEncoder(SimulatedWorld world) : RecordEncoder
{
    public override int Encode(in SimulatedView view, Span<byte> destination)
    {
        var writer = new RecordWriter(destination);
        writer.Text(SimulatedNames.Host(view.Property));
        writer.Raw(":443 198.51."u8);
        writer.Number(100 + view.Country);
        writer.Raw("."u8);
        writer.Number(view.Noise);
        writer.Raw(" - - ["u8);
        Time(ref writer, view.EventTime);
        writer.Raw(" +0000] \"GET /watch/"u8);
        writer.Hex(world.Names.TitleId(view.Title));
        writer.Raw("/main.m3u8?session="u8);
        writer.Hex(view.Id);
        writer.Raw(" HTTP/1.1\" "u8);
        writer.Number(view.Outcome == Outcome.Success ? 200 : ViewDetails.Error(view).Status);
        writer.Raw(" "u8);
        writer.Number(view.Duration);
        writer.Raw(" \"https://"u8);
        writer.Text(SimulatedNames.Host(view.Property));
        writer.Raw("/\" \""u8);
        writer.Text(Circumstances.Platforms[view.Platform].UserAgent);
        writer.Raw("\"\n"u8);
        return writer.Length;
    }

    private static void Time(ref RecordWriter writer, long unixMs)
    {
        var time = DateTime.UnixEpoch.AddMilliseconds(unixMs);
        writer.Digits(time.Day, 2);
        writer.Raw("/"u8);
        writer.Text(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[time.Month - 1]);
        writer.Raw("/"u8);
        writer.Digits(time.Year, 4);
        writer.Raw(":"u8);
        writer.Clock(time);
    }
}

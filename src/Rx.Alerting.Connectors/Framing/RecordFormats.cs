using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Framing;

/// <summary>The one table of formats: how records follow each other, and what decodes them.</summary>
internal static class RecordFormats
{
    /// <summary>For one input; not for several threads.</summary>
    /// <param name="format">What the records are.</param>
    /// <param name="accessLog">Valid ones.</param>
    /// <param name="maximumBytes">Longer records are passed over.</param>
    internal static RecordDecoding Decoding(RecordFormat format, AccessLogOptions accessLog, int maximumBytes) => format switch
    {
        RecordFormat.MuxJson => new(new JsonFraming(maximumBytes), new MuxJsonDecoder()),
        RecordFormat.MuxProtobuf => new(new DelimitedFraming(maximumBytes), new MuxProtobufDecoder()),
        _ => new(new LineFraming(maximumBytes), new AccessLogDecoder(accessLog)),
    };
}

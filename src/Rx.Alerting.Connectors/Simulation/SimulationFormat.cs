using System.Text.Json.Serialization;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How simulated views are written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SimulationFormat>))]
public enum SimulationFormat
{
    /// <summary>One JSON object a line, as in Mux Data's streaming export.</summary>
    [JsonStringEnumMemberName("mux-json")] MuxJson,

    /// <summary>Length-delimited <c>video_view.v1.VideoView</c> messages.</summary>
    [JsonStringEnumMemberName("mux-protobuf")] MuxProtobuf,

    /// <summary>Combined log format with the virtual host in front; error types are statuses.</summary>
    [JsonStringEnumMemberName("access-log")] AccessLog,
}

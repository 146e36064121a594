namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>Writes views as records of one format.</summary>
internal abstract class RecordEncoder
{
    /// <summary>No record is longer.</summary>
    public const int MaximumRecordBytes = 2048;

    /// <summary>Writes one record with its delimiter and gives its length.</summary>
    /// <param name="view">What to write.</param>
    /// <param name="destination">At least <see cref="MaximumRecordBytes"/> long.</param>
    public abstract int Encode(in SimulatedView view, Span<byte> destination);

    /// <summary>How files of the format end.</summary>
    public static string ExtensionOf(SimulationFormat format) => format switch
    {
        SimulationFormat.MuxProtobuf => ".binpb",
        SimulationFormat.AccessLog => ".log",
        _ => ".jsonl",
    };

    public static RecordEncoder For(SimulationFormat format, SimulatedWorld world) => format switch
    {
        SimulationFormat.MuxProtobuf => new MuxProtobufEncoder(world),
        SimulationFormat.AccessLog => new AccessLogEncoder(world),
        _ => new MuxJsonEncoder(world),
    };
}

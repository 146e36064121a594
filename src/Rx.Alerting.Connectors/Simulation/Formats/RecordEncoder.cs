using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>Writes views as records of one format.</summary>
internal abstract class RecordEncoder
{
    /// <summary>No record is longer.</summary>
    public const int MaximumRecordBytes = 2048;

    private static readonly Dictionary<RecordFormat, (string Extension, Func<SimulatedWorld, RecordEncoder> Make)> Table = new()
    {
        [RecordFormat.MuxJson] = (".jsonl", world => new MuxJsonEncoder(world)),
        [RecordFormat.MuxProtobuf] = (".binpb", world => new MuxProtobufEncoder(world)),
        [RecordFormat.AccessLog] = (".log", world => new AccessLogEncoder(world)),
    };

    /// <summary>Writes one record with its delimiter and gives its length.</summary>
    /// <param name="view">What to write.</param>
    /// <param name="destination">At least <see cref="MaximumRecordBytes"/> long.</param>
    public abstract int Encode(in SimulatedView view, Span<byte> destination);

    /// <summary>How files of the format end.</summary>
    public static string ExtensionOf(RecordFormat format) => Table[format].Extension;

    public static RecordEncoder For(RecordFormat format, SimulatedWorld world) => Table[format].Make(world);
}

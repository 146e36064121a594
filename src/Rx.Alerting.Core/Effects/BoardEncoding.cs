using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>Incidents on the board: the entries of a checkpoint's history, with the version of their layout in front.</summary>
public static class BoardEncoding
{
    public static BoardEntry Encode(string pipeline, Incident incident)
    {
        var writer = new StateWriter();
        writer.Int32(HistoryState.Layout.Version);
        IncidentEncoding.Write(writer, incident);
        return new(pipeline, incident.Id, incident.UpdatedAt, writer.Written);
    }

    /// <summary>The inverse of <see cref="Encode"/>, also for what earlier releases have encoded.</summary>
    /// <returns>Null if a newer release has encoded it, or none.</returns>
    public static Incident? Decode(BoardEntry entry)
    {
        try
        {
            var version = new StateReader(entry.Value).Int32();
            return HistoryState.Layout.OfVersion(version) is { } layout ? Decode(entry.Value[sizeof(int)..], layout) : null;
        }
        catch (CheckpointFormatException)
        {
            return null;
        }
    }

    private static Incident Decode(ReadOnlyMemory<byte> value, StateLayout layout)
    {
        var entry = new StateEntry(new StateKey(StateSections.History, 0, 0), value);
        var current = layout == HistoryState.Layout ? entry : HistoryState.Layout.Upgrade(layout, [entry]).Single();
        return IncidentEncoding.Read(new StateReader(current.Value));
    }
}

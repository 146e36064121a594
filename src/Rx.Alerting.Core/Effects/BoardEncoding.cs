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
    /// <returns>Null if a newer release has encoded it.</returns>
    /// <exception cref="CheckpointFormatException">No release has encoded it.</exception>
    public static Incident? Decode(BoardEntry entry)
    {
        var version = new StateReader(entry.Value).Int32();
        var encoded = new StateEntry(new StateKey(StateSections.History, 0, 0), entry.Value[sizeof(int)..]);
        if (HistoryState.Layout.OfVersion(version) is not { } layout)
            return null;
        var current = version == HistoryState.Layout.Version ? encoded : HistoryState.Layout.Upgrade(layout, [encoded]).Single();
        return IncidentEncoding.Read(new StateReader(current.Value));
    }
}

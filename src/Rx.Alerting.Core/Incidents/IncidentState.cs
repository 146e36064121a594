using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The open incidents, in the order in which they opened.</summary>
internal sealed class IncidentState(WindowState windows) : IOperatorState
{
    private readonly OrderedDictionary<ErrorSeries, OpenIncident> open = [];

    public string Name => "incidents";

    public int Version => 1;

    public int Count => open.Count;

    public IReadOnlyList<OpenIncident> All => open.Values;

    public OpenIncident this[ErrorSeries series] => open[series];

    public void Add(OpenIncident incident) => open.Add(incident.Series, incident);

    public void Remove(OpenIncident incident) => open.Remove(incident.Series);

    public bool IsOpen(OpenIncident incident) => open.TryGetValue(incident.Series, out var current) && current == incident;

    /// <summary>Views that came too late to be counted are told to the open incidents of their property.</summary>
    public void CountLate(PaneRelease release)
    {
        if (release.Pane is null || open.Count == 0 || release.Pane.Late.Counts.Count == 0)
            return;
        foreach (var (late, count) in release.Pane.Late.Counts)
        {
            foreach (var incident in open.Values)
            {
                if (late.PaneStart >= incident.WindowStartedAt && late.Property == incident.Property.Hash)
                    incident.LateViews += count;
            }
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(open.Count);
        foreach (var (series, incident) in open)
        {
            writer.Bytes(incident.Property.Name);
            writer.Boolean(incident.IsTitle);
            if (incident.IsTitle)
                writer.Bytes(series.Key.Name);
            writer.UInt64(series.TypeHash);
            writer.Bytes(series.Type);
            incident.Save(writer);
        }
    }

    /// <summary>The windows must have been loaded before.</summary>
    public void Load(StateReader reader)
    {
        open.Clear();
        for (var left = reader.Count(); left > 0; left--)
        {
            var property = windows.FindProperty(reader.Bytes());
            KeyState? key = property;
            if (reader.Boolean())
                key = property is null ? null : windows.FindTitle(property, reader.Bytes());
            var series = key?.Find(reader.UInt64(), reader.Bytes())
                ?? throw new CheckpointFormatException("The checkpoint is damaged: an incident is about a key that is not there.");
            Add(OpenIncident.Load(reader, series));
        }
    }
}

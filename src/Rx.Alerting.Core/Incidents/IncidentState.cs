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

    /// <summary>A view of a property came too late to be counted.</summary>
    public void CountLate(ReadOnlySpan<byte> property, long eventTime)
    {
        foreach (var incident in open.Values)
        {
            var name = incident.Series.Parent?.Key.Name ?? incident.Series.Key.Name;
            if (eventTime >= incident.WindowStartedAt && property.SequenceEqual(name))
                incident.LateViews++;
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(open.Count);
        foreach (var (series, incident) in open)
        {
            var title = series.Key as TitleState;
            writer.Bytes((title?.Property ?? series.Key).Name);
            writer.Boolean(title is not null);
            if (title is not null)
                writer.Bytes(title.Name);
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

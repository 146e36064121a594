using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The open incidents, in the order in which they opened.</summary>
/// <param name="windows">Holds the keys that incidents are about.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class IncidentState(WindowState windows, bool tracksChanges = false) : IOperatorState
{
    private readonly OrderedDictionary<SeriesId, OpenIncident> open = [];
    private readonly ChangeLog<OpenIncident> log = new(tracksChanges);
    private readonly List<OpenIncident> loaded = [];
    private long latestSequence;

    public static StateLayout Layout { get; } = new(2,
        $"incidents: property bytes, isTitle bool, title bytes if isTitle, typeHash u64, type bytes, {OpenIncident.Layout}");

    StateLayout IOperatorState.Layout => Layout;

    public int Count => open.Count;

    public IReadOnlyList<OpenIncident> All => open.Values;

    public OpenIncident this[SeriesId series] => open[series];

    public void Add(OpenIncident incident)
    {
        incident.Sequence = ++latestSequence;
        open.Add(incident.Series, incident);
        Changed(incident);
    }

    public void Remove(OpenIncident incident)
    {
        open.Remove(incident.Series);
        log.Removed(incident);
    }

    public void Changed(OpenIncident incident) => log.Changed(incident);

    public bool IsOpen(OpenIncident incident) => open.TryGetValue(incident.Series, out var current) && current == incident;

    /// <summary>The incident's series as of the latest pane, for what happens between panes.</summary>
    public Observation Observe(OpenIncident incident) => windows.Observe(incident.Series);

    /// <summary>Whether an incident of the title's property is open for the same error type.</summary>
    public bool IsInhibited(OpenIncident incident) => incident.Series.OfProperty is { } property && open.ContainsKey(property);

    /// <summary>Views that came too late to be counted are told to the open incidents of their property.</summary>
    public void CountLate(PaneRelease release)
    {
        if (release.Pane?.Late is not { } lateViews || open.Count == 0)
            return;
        foreach (var (late, count) in lateViews.Counts)
        {
            foreach (var incident in open.Values)
            {
                if (late.PaneStart >= incident.WindowStartedAt && late.Property == incident.Series.PropertyHash)
                {
                    incident.LateViews += count;
                    Changed(incident);
                }
            }
        }
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var incident in open.Values)
                Write(incident, changes);
        }
        else
        {
            log.Take(incident => Write(incident, changes), incident => changes.Remove(KeyOf(incident)));
        }
    }

    /// <summary>The windows must have been loaded before.</summary>
    public void Load(StateKey key, StateReader reader)
    {
        var property = reader.Bytes();
        var title = reader.Boolean() ? reader.Bytes() : null;
        var observed = windows.Observe(property, title, errorTypeHash: reader.UInt64());
        if (observed is not { } observation || !observation.Series.ErrorType.AsSpan().SequenceEqual(reader.Bytes()))
            throw new CheckpointFormatException("The checkpoint is damaged: an incident is about a key that is not there.");
        var incident = OpenIncident.Load(reader, observation.Series);
        incident.See(observation);
        incident.Sequence = unchecked((long)key.Low);
        loaded.Add(incident);
    }

    public void EndLoad()
    {
        foreach (var incident in loaded.OrderBy(incident => incident.Sequence))
        {
            open.Add(incident.Series, incident);
            log.Loaded(incident);
            latestSequence = incident.Sequence;
        }

        loaded.Clear();
    }

    private static StateKey KeyOf(OpenIncident incident) => new(StateSections.Incidents, 0, unchecked((ulong)incident.Sequence));

    private static void Write(OpenIncident incident, ChangeWriter changes)
    {
        var writer = changes.Begin(KeyOf(incident));
        var series = incident.Series;
        writer.Bytes(series.Property);
        writer.Boolean(series.IsTitle);
        if (series.Title is { } title)
            writer.Bytes(title);
        writer.UInt64(series.ErrorTypeHash);
        writer.Bytes(series.ErrorType);
        incident.Save(writer);
    }
}

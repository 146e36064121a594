using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The open incidents of the platform, one for an error type.</summary>
/// <param name="tracksChanges">Whether changes are remembered, for saves of changes only.</param>
internal sealed class PlatformIncidents(bool tracksChanges)
{
    private readonly SortedDictionary<ulong, PlatformIncident> byType = [];
    private readonly ChangeLog<ulong> log = new(tracksChanges);

    /// <summary>By the hash of their error type.</summary>
    public IReadOnlyDictionary<ulong, PlatformIncident> All => byType;

    public PlatformIncident? Find(ulong errorType) => byType.GetValueOrDefault(errorType);

    public void Add(ulong errorType, PlatformIncident incident)
    {
        byType.Add(errorType, incident);
        Changed(errorType);
    }

    public void Changed(ulong errorType) => log.Changed(errorType);

    public void Remove(ulong errorType)
    {
        byType.Remove(errorType);
        log.Removed(errorType);
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var errorType in byType.Keys)
                Write(errorType);
        }
        else
        {
            log.Take(Write, errorType => changes.Remove(KeyOf(errorType)));
        }

        void Write(ulong errorType) => byType[errorType].Save(changes.Begin(KeyOf(errorType)));
    }

    public void Load(ulong errorType, StateReader reader)
    {
        byType.Add(errorType, PlatformIncident.Load(reader));
        log.Loaded(errorType);
    }

    private static StateKey KeyOf(ulong errorType) => new(StateSections.Incidents, IncidentState.PlatformEntry, errorType);
}

using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The incidents of the platform, one for an error type: open, or over and may re-open.</summary>
/// <param name="tracksChanges">Whether changes are remembered, for saves of changes only.</param>
internal sealed class PlatformIncidents(bool tracksChanges)
{
    private readonly SortedDictionary<ulong, PlatformIncident> byType = [];
    private readonly ChangeLog<ulong> log = new(tracksChanges);

    /// <summary>By the hash of their error type.</summary>
    public IReadOnlyDictionary<ulong, PlatformIncident> All => byType;

    /// <summary>Whether one of them is over and may re-open.</summary>
    public bool HasPast => byType.Values.Any(platform => platform.IsOver);

    /// <summary>When the latest of them ended (ms since the Unix epoch); <see cref="long.MinValue"/>: none has.</summary>
    public long LatestAt => byType.Values.Where(platform => platform.IsOver).Select(platform => platform.EndedAt)
        .DefaultIfEmpty(long.MinValue).Max();

    /// <summary>The open incident of an error type.</summary>
    public PlatformIncident? Find(ulong errorType) => byType.GetValueOrDefault(errorType) is { IsOver: false } open ? open : null;

    /// <summary>The incident of an error type that is over, and re-opens. Null: there is none, or it ended too long ago.</summary>
    public PlatformIncident? FindPast(ulong errorType, long now) =>
        byType.GetValueOrDefault(errorType) is { IsOver: true } past && now <= past.Until ? past : null;

    public void Add(ulong errorType, PlatformIncident incident)
    {
        byType[errorType] = incident;
        Changed(errorType);
    }

    public void Changed(ulong errorType) => log.Changed(errorType);

    /// <summary>Forgets what will not re-open any more.</summary>
    public void Forget(long now)
    {
        foreach (var (errorType, _) in byType.Where(platform => platform.Value.IsOver && platform.Value.Until < now).ToList())
        {
            byType.Remove(errorType);
            log.Removed(errorType);
        }
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

namespace Rx.Alerting.Core.Incidents;

/// <summary>The open incidents by their cause, so that those with the same cause are found without a look at all others.</summary>
/// <remarks>
/// A property may have thousands of incidents with one cause. So they are kept by property, and properties in the order in which their
/// first incidents opened.
/// </remarks>
internal sealed class CauseIndex
{
    private static readonly Comparer<OpenIncident> AsOpened = Comparer<OpenIncident>.Create((a, b) => a.Sequence.CompareTo(b.Sequence));

    private readonly Dictionary<string, Properties> causes = new(StringComparer.Ordinal);

    /// <summary>How many incidents were looked at in all calls of <see cref="Like"/>.</summary>
    public long LookedAt { get; private set; }

    /// <summary>Adds an open incident, if it has a cause. Its number is known.</summary>
    public void Add(OpenIncident incident)
    {
        if (incident.Explained.Cause is not { } cause)
            return;
        if (!causes.TryGetValue(cause, out var properties))
            causes.Add(cause, properties = new());
        properties.Add(incident);
    }

    /// <summary>Removes an incident, before its cause changes or when it has ended.</summary>
    public void Remove(OpenIncident incident)
    {
        if (incident.Explained.Cause is not { } cause || !causes.TryGetValue(cause, out var properties))
            return;
        properties.Remove(incident);
        if (properties.IsEmpty)
            causes.Remove(cause);
    }

    /// <summary>The incidents of other properties with the same cause, as they opened.</summary>
    /// <param name="incident">Any.</param>
    /// <param name="most">At most so many, the earliest. The work grows with its square, not with the number of incidents.</param>
    public IReadOnlyList<OpenIncident> Like(OpenIncident incident, int most)
    {
        if (incident.Explained.Cause is not { } cause || !causes.TryGetValue(cause, out var properties))
            return [];
        var found = properties.First(most, incident.Series.PropertyHash);
        LookedAt += found.Count;
        found.Sort(AsOpened);
        return found.Count > most ? found[..most] : found;
    }

    /// <summary>The incidents with one cause.</summary>
    private sealed class Properties
    {
        private readonly Dictionary<ulong, SortedSet<OpenIncident>> incidents = [];
        private readonly SortedSet<(long First, ulong Property)> order = [];

        public bool IsEmpty => incidents.Count == 0;

        public void Add(OpenIncident incident)
        {
            var property = incident.Series.PropertyHash;
            if (incidents.TryGetValue(property, out var own))
                order.Remove((own.Min!.Sequence, property));
            else
                incidents.Add(property, own = new(AsOpened));
            own.Add(incident);
            order.Add((own.Min!.Sequence, property));
        }

        public void Remove(OpenIncident incident)
        {
            var property = incident.Series.PropertyHash;
            if (!incidents.TryGetValue(property, out var own))
                return;
            order.Remove((own.Min!.Sequence, property));
            own.Remove(incident);
            if (own.Count > 0)
                order.Add((own.Min!.Sequence, property));
            else
                incidents.Remove(property);
        }

        /// <summary>The first incidents of the first properties: the earliest of all are among them.</summary>
        public List<OpenIncident> First(int most, ulong except) =>
        [
            .. order.Where(entry => entry.Property != except).Take(most).SelectMany(entry => incidents[entry.Property].Take(most)),
        ];
    }
}

using System.Collections.Concurrent;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Incidents at one moment, in orders. Few change from one moment to the next: these are sorted, and merged into the order of before.
/// Thread-safe.
/// </summary>
internal sealed class SortedIncidents
{
    private readonly Incident[] all;
    private readonly ConcurrentDictionary<string, Lazy<Incident[]>> orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incident[]> before = new(StringComparer.Ordinal);
    private readonly Lazy<Change> change;

    /// <param name="all">In no particular order. They do not change.</param>
    /// <param name="earlier">Those of a moment ago. It is not kept: nor, so, what was before it.</param>
    public SortedIncidents(Incident[] all, SortedIncidents? earlier)
    {
        this.all = all;
        foreach (var (name, sorted) in earlier?.orders ?? [])
        {
            if (sorted.IsValueCreated)
                before[name] = sorted.Value;
        }

        var previous = before.Count == 0 ? [] : earlier!.all;
        change = new(() => Change.Between(previous, all));
    }

    /// <summary>All of them in an order. The array is shared.</summary>
    /// <param name="name">Names the order: of one name, it is always the same.</param>
    /// <param name="order">What it is, of any two different incidents.</param>
    public Incident[] By(string name, Comparison<Incident> order) =>
        orders.GetOrAdd(name, _ => new Lazy<Incident[]>(() => Sort(name, order))).Value;

    private Incident[] Sort(string name, Comparison<Incident> order)
    {
        if (before.TryGetValue(name, out var sorted) && change.Value is var (added, removed) && added.Length <= all.Length / 4)
            return Merge(Array.FindAll(sorted, incident => !removed.Contains(incident)), Sort(added, order), order);
        return Sort(all, order);
    }

    private static Incident[] Sort(Incident[] incidents, Comparison<Incident> order)
    {
        Incident[] copy = [.. incidents];
        Array.Sort(copy, order);
        return copy;
    }

    private static Incident[] Merge(Incident[] many, Incident[] few, Comparison<Incident> order)
    {
        var merged = new Incident[many.Length + few.Length];
        var comparer = Comparer<Incident>.Create(order);
        var (from, to) = (0, 0);
        foreach (var one in few)
        {
            var found = Array.BinarySearch(many, from, many.Length - from, one, comparer);
            var place = found < 0 ? ~found : found;
            Array.Copy(many, from, merged, to, place - from);
            to += place - from;
            merged[to++] = one;
            from = place;
        }

        Array.Copy(many, from, merged, to, many.Length - from);
        return merged;
    }

    /// <param name="Added">Incidents that are new, or changed. An incident that changes is another object.</param>
    /// <param name="Removed">As they were before.</param>
    private readonly record struct Change(Incident[] Added, HashSet<Incident> Removed)
    {
        public static Change Between(Incident[] before, Incident[] now)
        {
            var (old, current) = (Same(before), Same(now));
            var removed = Same([]);
            removed.UnionWith(before.Where(incident => !current.Contains(incident)));
            return new(Array.FindAll(now, incident => !old.Contains(incident)), removed);
        }

        private static HashSet<Incident> Same(Incident[] incidents) => new(incidents, ReferenceEqualityComparer.Instance);
    }
}

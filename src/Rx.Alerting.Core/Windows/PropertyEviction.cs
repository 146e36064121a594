namespace Rx.Alerting.Core.Windows;

/// <summary>Which property is forgotten next where there are more than the bound.</summary>
/// <remarks>
/// <para>The order:</para>
/// <list type="number">
/// <item>Properties with an open incident, of their own or of a title, stay.</item>
/// <item><i>Newcomers</i>, which have few views, go first while they fill more than a quarter of the bound. A flood of garbage has few
/// views to a property, and must not push out customers who are silent just now.</item>
/// <item>Within newcomers, as within the others, the least recently seen goes first.</item>
/// <item>Of those last seen in the same pane, the property with the fewest views goes first; then by hash.</item>
/// </list>
/// <para>The order follows from saved state alone. Sorting is done once for many evictions: properties that were seen after the sorting are
/// passed over, as they come later in the order. When no candidate is left, the order is made anew.</para>
/// </remarks>
internal sealed class PropertyEviction(PropertyTable properties, int maximum)
{
    private readonly List<Candidate> newcomers = [];
    private readonly List<Candidate> established = [];
    private long newest = long.MinValue;

    /// <summary>An incident has ended: a property may be evicted again that has not been seen since.</summary>
    public void Reorder() => newest = long.MaxValue;

    /// <summary>Takes the property that goes next. False: every property has an open incident.</summary>
    /// <param name="paneEnd">End of the pane that has been observed (ms since the Unix epoch).</param>
    /// <param name="isOrdered">Whether the order was made for this pane; set when that is done.</param>
    /// <param name="next">The property.</param>
    public bool TryTake(long paneEnd, ref bool isOrdered, out Property next)
    {
        if (!isOrdered && paneEnd <= newest)
            Order(ref isOrdered);
        while (true)
        {
            var newcomersFirst = properties.Count - properties.Established > maximum / 4;
            if (TryPop(newcomersFirst ? newcomers : established, out next))
                return true;
            if (isOrdered)
                return TryPop(newcomersFirst ? established : newcomers, out next);
            Order(ref isOrdered);
        }
    }

    private static bool TryPop(List<Candidate> candidates, out Property property)
    {
        while (candidates.Count > 0)
        {
            var (lastSeen, _, next) = candidates[^1];
            candidates.RemoveAt(candidates.Count - 1);
            if (next.IsRemoved || next.LastSeen != lastSeen || next.IsHeld)
                continue;
            property = next;
            return true;
        }

        property = null!;
        return false;
    }

    private void Order(ref bool isOrdered)
    {
        isOrdered = true;
        newcomers.Clear();
        established.Clear();
        newest = long.MinValue;
        foreach (var property in properties.InNoOrder)
        {
            newest = Math.Max(newest, property.LastSeen);
            if (!property.IsHeld)
                (property.IsEstablished ? established : newcomers).Add(new(property.LastSeen, property.Position, property));
        }

        newcomers.Sort();
        established.Sort();
    }

    /// <summary>Sorts so that the last goes first.</summary>
    private readonly record struct Candidate(long LastSeen, long Position, Property Property) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            var order = other.LastSeen.CompareTo(LastSeen);
            if (order == 0)
                order = other.Position.CompareTo(Position);
            return order != 0 ? order : other.Property.Hash.CompareTo(Property.Hash);
        }
    }
}

namespace Rx.Alerting.Core.Windows;

/// <summary>Which property is forgotten next where there are more than the bound.</summary>
/// <remarks>
/// <para>Properties with an open incident, of their own or of a title, stay. Of the others, <i>newcomers</i> go first while they have more than a quarter of
/// the bound: a flood of garbage has few views to a property, and must not push out customers who are silent just now. Among newcomers, as among
/// the others, the least recently seen goes first; of those last seen in the same pane, the one with the fewest views, then by hash.</para>
/// <para>The order follows from what is saved alone. It is made once for many: a property that is seen afterwards is later in the order than all that are
/// not, so those that have been seen are passed over, and when none is left the order is made anew. Each step is paid by a property that came.</para>
/// </remarks>
internal sealed class PropertyEviction(PropertyTable properties, int maximum)
{
    private readonly List<Candidate> newcomers = [];
    private readonly List<Candidate> established = [];
    private long newest = long.MinValue;

    /// <summary>A property may have come to be forgettable again without being seen.</summary>
    public void Reorder() => newest = long.MaxValue;

    /// <summary>The property that goes next; false: all that there are have open incidents.</summary>
    /// <param name="paneEnd">End of the pane that has been looked at (ms since the Unix epoch).</param>
    /// <param name="isOrdered">Whether the order was made for this pane; set when that is done.</param>
    /// <param name="next">The property.</param>
    public bool TryTake(long paneEnd, ref bool isOrdered, out PropertyState next)
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

    private static bool TryPop(List<Candidate> candidates, out PropertyState property)
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
    private readonly record struct Candidate(long LastSeen, long Position, PropertyState Property) : IComparable<Candidate>
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

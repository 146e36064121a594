namespace Rx.Alerting.Core.Windows;

/// <summary>The properties with most views so far, and the rest as a sum.</summary>
/// <param name="First">The most viewed first.</param>
/// <param name="OtherViews">Views in the windows of all others.</param>
/// <param name="OtherErrors">Errors of any type among those views.</param>
internal readonly record struct PropertyRanking(IReadOnlyList<Property> First, long OtherViews, long OtherErrors)
{
    /// <summary>Looks at each property once, and sorts only those that are ranked.</summary>
    /// <param name="properties">All of them.</param>
    /// <param name="most">How many to rank.</param>
    /// <param name="largest">Views of the largest window.</param>
    public static PropertyRanking Of(IReadOnlyCollection<Property> properties, int most, int largest)
    {
        var best = new PriorityQueue<Property, (long, ulong)>(most + 1);
        var (views, errors) = (0L, 0L);
        foreach (var property in properties)
        {
            var last = property;
            var rank = (property.Position, property.Hash);
            if (best.Count < most)
            {
                best.Enqueue(property, rank);
                continue;
            }

            if (most > 0)
                last = best.EnqueueDequeue(property, rank);
            views += last.WindowViews(largest);
            errors += last.WindowErrors;
        }

        var first = new Property[best.Count];
        for (var i = first.Length - 1; i >= 0; i--)
            first[i] = best.Dequeue();
        return new(first, views, errors);
    }
}

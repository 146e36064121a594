namespace Rx.Alerting.Core.Windows;

/// <summary>All properties, found by the 64-bit hash of their name.</summary>
internal sealed class PropertyTable
{
    private const int Recent = 256;

    private readonly Dictionary<ulong, Property> byHash = [];

    /// <summary>One property for each value of some bits of the hash, the one found last: nearly every look-up is answered here.</summary>
    private readonly Property?[] recent = new Property?[Recent];

    public int Count => byHash.Count;

    /// <summary>How many of them are <see cref="Property.IsEstablished"/>.</summary>
    public int Established { get; private set; }

    /// <summary>How many of them are <see cref="Property.IsHeld"/>.</summary>
    public int Held { get; private set; }

    /// <summary>In the order in which they are looked at: by hash.</summary>
    public IEnumerable<Property> All => byHash.Values.OrderBy(property => property.Hash);

    /// <summary>For who may remove them meanwhile.</summary>
    public Dictionary<ulong, Property>.ValueCollection InNoOrder => byHash.Values;

    public Property? Find(ulong hash)
    {
        ref var latest = ref recent[hash % Recent];
        if (latest is null || latest.Hash != hash)
            latest = byHash.GetValueOrDefault(hash);
        return latest;
    }

    /// <summary>Adds a property without an open incident.</summary>
    public void Add(Property property)
    {
        byHash.Add(property.Hash, property);
        Established += property.IsEstablished ? 1 : 0;
    }

    /// <summary>Removes a property without an open incident.</summary>
    public void Remove(Property property)
    {
        byHash.Remove(property.Hash);
        Established -= property.IsEstablished ? 1 : 0;
        ref var latest = ref recent[property.Hash % Recent];
        if (latest == property)
            latest = null;
    }

    /// <summary>All titles of all properties have been loaded, with the incidents that hold them.</summary>
    public void EndLoad()
    {
        foreach (var property in byHash.Values)
        {
            property.Holds = property.HeldSeries;
            for (var title = property.FirstTitle; title is not null; title = title.NextOfProperty)
                property.Holds += title.HeldSeries;
        }

        Held = byHash.Values.Count(property => property.IsHeld);
    }

    /// <summary>A property has become established.</summary>
    public void HasEstablished() => Established++;

    /// <summary>An incident of the property or of one of its titles opens.</summary>
    public void Hold(Property property) => Held += property.Holds++ == 0 ? 1 : 0;

    /// <summary>An incident of the property or of one of its titles is over.</summary>
    public void Release(Property property) => Held -= --property.Holds == 0 ? 1 : 0;
}

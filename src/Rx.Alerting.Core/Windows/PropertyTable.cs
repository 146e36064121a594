namespace Rx.Alerting.Core.Windows;

/// <summary>All properties, found by the 64-bit hash of their name; never more than a bound.</summary>
internal sealed class PropertyTable(int maximum)
{
    private readonly Dictionary<ulong, PropertyState> byHash = [];

    public int Count => byHash.Count;

    /// <summary>In the order in which they are looked at: by hash.</summary>
    public IEnumerable<PropertyState> All => byHash.Values.OrderBy(property => property.Hash);

    public PropertyState? Find(ulong hash) => byHash.GetValueOrDefault(hash);

    /// <summary>Null where the bound is reached.</summary>
    public PropertyState? FindOrAdd(ulong hash, ReadOnlySpan<byte> name)
    {
        if (!byHash.TryGetValue(hash, out var property) && Count < maximum)
            Add(property = new PropertyState(name.ToArray(), hash));
        return property;
    }

    public void Add(PropertyState property) => byHash.Add(property.Hash, property);
}

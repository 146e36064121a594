namespace Rx.Alerting.Core.Windows;

/// <summary>All properties, found by the 64-bit hash of their name; never more than a bound.</summary>
internal sealed class PropertyTable(int maximum)
{
    private const int Recent = 256;

    private readonly Dictionary<ulong, PropertyState> byHash = [];

    /// <summary>One property for each value of some bits of the hash, the one found last: nearly every look-up is answered here.</summary>
    private readonly PropertyState?[] recent = new PropertyState?[Recent];

    public int Count => byHash.Count;

    /// <summary>In the order in which they are looked at: by hash.</summary>
    public IEnumerable<PropertyState> All => byHash.Values.OrderBy(property => property.Hash);

    public PropertyState? Find(ulong hash)
    {
        ref var latest = ref recent[hash % Recent];
        if (latest is null || latest.Hash != hash)
            latest = byHash.GetValueOrDefault(hash);
        return latest;
    }

    /// <summary>Null where the bound is reached.</summary>
    public PropertyState? FindOrAdd(ulong hash, ReadOnlySpan<byte> name)
    {
        var property = Find(hash);
        if (property is null && Count < maximum)
            Add(property = new PropertyState(name.ToArray(), hash));
        return property;
    }

    public void Add(PropertyState property) => byHash.Add(property.Hash, property);
}

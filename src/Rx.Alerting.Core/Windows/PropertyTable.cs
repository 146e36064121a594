namespace Rx.Alerting.Core.Windows;

/// <summary>All properties, found by name; never more than a bound.</summary>
internal sealed class PropertyTable(int maximum)
{
    private readonly Dictionary<ulong, List<PropertyState>> byHash = [];

    public int Count { get; private set; }

    public IEnumerable<PropertyState> All => byHash.Values.SelectMany(same => same).OrderBy(property => property.Hash).ThenBy(property => Convert.ToHexString(property.Name), StringComparer.Ordinal);

    public PropertyState? Find(ulong hash, ReadOnlySpan<byte> name)
    {
        if (byHash.TryGetValue(hash, out var same))
        {
            foreach (var property in same)
            {
                if (property.Name.AsSpan().SequenceEqual(name))
                    return property;
            }
        }

        return null;
    }

    /// <summary>Null where the bound is reached.</summary>
    public PropertyState? FindOrAdd(ulong hash, ReadOnlySpan<byte> name)
    {
        var property = Find(hash, name);
        if (property is null && Count < maximum)
            Add(property = new PropertyState(name.ToArray(), hash));
        return property;
    }

    public void Add(PropertyState property)
    {
        if (!byHash.TryGetValue(property.Hash, out var same))
            byHash.Add(property.Hash, same = []);
        same.Add(property);
        Count++;
    }

    public void Clear()
    {
        byHash.Clear();
        Count = 0;
    }
}

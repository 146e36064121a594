namespace Rx.Alerting.Service.Configuration;

/// <summary>Sections of one kind that people name, such as <c>Channels:NAME</c>. The case of a name does not matter.</summary>
internal interface INamedSections
{
    /// <summary>The section of a name. It is made when it is asked for first. Without a name: a section as it is by default.</summary>
    object GetOrAdd(string name);
}

/// <inheritdoc cref="INamedSections"/>
internal sealed class NamedSections<T> : INamedSections
    where T : new()
{
    private readonly SortedDictionary<string, T> byName = new(ConfigurationKeyComparer.Instance);

    /// <summary>The sections in the order of their names; numbers in the order of numbers.</summary>
    public IReadOnlyDictionary<string, T> All => byName;

    public object GetOrAdd(string name)
    {
        name = name.ToLowerInvariant();
        if (byName.TryGetValue(name, out var known))
            return known!;
        var section = new T();
        if (name.Length > 0)
            byName.Add(name, section);
        return section;
    }
}

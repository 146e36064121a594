using System.Reflection;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Configuration;

/// <summary>One thing that can be set, read from its property: name, default, bounds and meaning are said there.</summary>
/// <param name="Section">The record that the property is in.</param>
/// <param name="Property">The property.</param>
/// <param name="Find">Finds the section in the settings.</param>
internal sealed record OptionEntry(Type Section, PropertyInfo Property, Func<Settings, object> Find)
{
    private static readonly Settings Defaults = new();

    public string SectionName { get; } = Section.GetCustomAttribute<OptionSectionAttribute>()!.Name!;

    public string Key => $"{SectionName}:{Property.Name}";

    public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>) || Property.PropertyType == typeof(IReadOnlyList<int>);

    public string Default => Get(Defaults);

    public string Bounds => OptionBounds.Words(Property);

    public string Meaning => XmlDocumentation.SummaryOf(Property);

    public string Get(Settings settings) => OptionText.Of(Property.GetValue(Find(settings)), Property.PropertyType);

    public void Set(Settings settings, object? value) => Property.SetValue(Find(settings), value);
}

/// <summary>Every option there is, in the order in which the option records declare them.</summary>
internal static class OptionCatalogue
{
    public static IReadOnlyList<OptionEntry> All { get; } = [.. Entries(typeof(Settings), settings => settings)];

    private static readonly Dictionary<string, OptionEntry> ByKey = All.ToDictionary(entry => entry.Key, StringComparer.OrdinalIgnoreCase);

    public static OptionEntry? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>The key that was probably meant, or null when none is near.</summary>
    public static string? Nearest(string key)
    {
        var best = All
            .Select(entry => (entry.Key, Distance: new[] { entry.Key, entry.Property.Name }.Min(name => EditDistance.Between(key, name))))
            .MinBy(candidate => candidate.Distance);
        return best.Distance <= Math.Max(2, key.Length / 4) ? best.Key : null;
    }

    /// <summary>What the help of a command says about a property: the first sentence of its meaning, and its bounds.</summary>
    public static string Help(PropertyInfo property)
    {
        var (meaning, bounds) = (XmlDocumentation.SummaryOf(property).Split(". ")[0].TrimEnd('.'), OptionBounds.Words(property));
        return bounds.Length == 0 ? $"{meaning}." : $"{meaning}: {bounds}.";
    }

    public static string Help<T>(string property) => Help(typeof(T).GetProperty(property)!);

    /// <summary>The options of a record; of a record that only holds sections, theirs.</summary>
    private static IEnumerable<OptionEntry> Entries(Type type, Func<Settings, object> find)
    {
        var holdsSections = type.GetCustomAttribute<OptionSectionAttribute>()!.Name is null;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!holdsSections && OptionText.IsKnown(property.PropertyType))
                yield return new OptionEntry(type, property, find);
            if (!holdsSections || !property.PropertyType.IsDefined(typeof(OptionSectionAttribute)))
                continue;
            foreach (var entry in Entries(property.PropertyType, settings => property.GetValue(find(settings))!))
                yield return entry;
        }
    }
}

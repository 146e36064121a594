using System.Reflection;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Every option there is, in the order in which the option records declare them.</summary>
internal static class OptionCatalogue
{
    public static IReadOnlyList<OptionEntry> All { get; } = [.. Entries(typeof(Settings), (settings, _) => settings)];

    private static readonly ILookup<string, OptionEntry> ByKey = All.ToLookup(entry => entry.Key, StringComparer.OrdinalIgnoreCase);

    public static OptionEntry? Find(string key) => FindAll(key).FirstOrDefault();

    /// <summary>The options of a key. In a section that people name, kinds of it may have options of the same name.</summary>
    public static IEnumerable<OptionEntry> FindAll(string key) => ByKey[OptionKey.Parse(key).Template];

    /// <summary>The key that was probably meant, or null when none is near.</summary>
    /// <param name="key">Which there is not.</param>
    /// <param name="among">What may have been meant. Null: all.</param>
    public static string? Nearest(string key, IEnumerable<OptionEntry>? among = null)
    {
        var (template, name) = OptionKey.Parse(key);
        var best = (among ?? All)
            .Select(entry => (entry.Key, Distance: Distance(entry, template)))
            .MinBy(candidate => candidate.Distance);
        return best.Distance <= Math.Max(2, template.Length / 4) ? OptionKey.Named(best.Key, name) : null;
    }

    /// <summary>What the help of a command says about a property: the first sentence of its meaning, and its bounds.</summary>
    public static string Help(PropertyInfo property)
    {
        var (meaning, bounds) = (XmlDocumentation.SummaryOf(property).Split(". ")[0].TrimEnd('.'), OptionBounds.Words(property));
        return bounds.Length == 0 ? $"{meaning}." : $"{meaning}: {bounds}.";
    }

    public static string Help<T>(string property) => Help(typeof(T).GetProperty(property)!);

    private static int Distance(OptionEntry entry, string key) =>
        new[] { entry.Key, entry.Property.Name }.Min(name => EditDistance.Between(key, name));

    /// <summary>The options of a record; of a record that only holds sections, theirs.</summary>
    private static IEnumerable<OptionEntry> Entries(Type type, Func<Settings, string, object> find)
    {
        var holdsSections = type.GetCustomAttribute<OptionSectionAttribute>()!.Name is null;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!holdsSections && OptionText.IsKnown(property.PropertyType))
                yield return new OptionEntry(type, property, find);
            if (!holdsSections || InnerOf(property) is not var (inner, findInner))
                continue;
            foreach (var entry in Entries(inner, (settings, name) => findInner(find(settings, name), name)))
                yield return entry;
        }
    }

    /// <summary>The sections that a property holds, if it holds any.</summary>
    private static (Type Section, Func<object, string, object> Find)? InnerOf(PropertyInfo property) =>
        property.PropertyType.IsDefined(typeof(OptionSectionAttribute))
            ? (property.PropertyType, (holder, _) => property.GetValue(holder)!)
            : property.PropertyType.IsAssignableTo(typeof(INamedSections))
                ? (property.PropertyType.GetGenericArguments()[0], (holder, name) => Named(property, holder).GetOrAdd(name))
                : null;

    private static INamedSections Named(PropertyInfo property, object holder) => (INamedSections)property.GetValue(holder)!;
}

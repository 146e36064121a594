using System.Reflection;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Every option there is, read from the option records themselves, in the order in which they are declared.</summary>
internal static class OptionCatalogue
{
    public static IReadOnlyList<OptionEntry> All { get; } =
    [
        .. Sections<PipelineOptions>(settings => settings.Pipeline),
        .. Sections<Settings>(settings => settings),
    ];

    private static readonly Dictionary<string, OptionEntry> ByKey =
        All.ToDictionary(entry => entry.Key, StringComparer.OrdinalIgnoreCase);

    public static OptionEntry? Find(string key) => ByKey.GetValueOrDefault(key.Trim());

    /// <summary>The key that was probably meant, or null when none is near.</summary>
    public static string? Nearest(string key)
    {
        var best = All
            .Select(entry => (entry.Key, Distance: Math.Min(EditDistance.Between(key, entry.Key), EditDistance.Between(key, entry.Property.Name))))
            .MinBy(candidate => candidate.Distance);
        return best.Distance <= Math.Max(2, key.Length / 4) ? best.Key : null;
    }

    /// <summary>Those properties of <typeparamref name="T"/> that are sections; <see cref="PipelineOptions"/> is several of them.</summary>
    private static IEnumerable<OptionEntry> Sections<T>(Func<Settings, T> find) =>
        from section in typeof(T).GetProperties()
        where section.PropertyType != typeof(PipelineOptions)
        from entry in Entries(section.Name, section.PropertyType, settings => section.GetValue(find(settings))!)
        select entry;

    private static IEnumerable<OptionEntry> Entries(string section, Type type, Func<Settings, object> find)
    {
        var documentation = XmlDocumentation.Of(type.Assembly);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => OptionValue.HasNotation(property.PropertyType) && property.CanWrite))
            yield return new OptionEntry($"{section}:{property.Name}", find, property, documentation.SummaryOf(property));
    }
}

using System.Reflection;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Every option there is, read from the option records themselves, in the order in which they are declared.</summary>
internal static class OptionCatalogue
{
    public static IReadOnlyList<OptionEntry> All { get; } =
    [
        .. typeof(PipelineOptions).GetProperties().SelectMany(section =>
            Entries(section.Name, section.PropertyType, settings => section.GetValue(settings.Pipeline)!)),
        .. Entries(nameof(Settings.AccessLog), typeof(AccessLogOptions), settings => settings.AccessLog),
        .. Entries(nameof(Settings.Api), typeof(ApiOptions), settings => settings.Api),
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

    private static IEnumerable<OptionEntry> Entries(string section, Type type, Func<Settings, object> find)
    {
        var documentation = XmlDocumentation.Of(type.Assembly);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
            yield return new OptionEntry($"{section}:{property.Name}", find, property, documentation.SummaryOf(property));
    }
}

using System.Reflection;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Configuration;

/// <summary>One thing that can be set, read from its property: name, default, bounds and meaning are said there.</summary>
/// <param name="Section">The record that the property is in.</param>
/// <param name="Property">The property.</param>
/// <param name="Find">Finds the section in the settings, by its name if people name it.</param>
internal sealed record OptionEntry(Type Section, PropertyInfo Property, Func<Settings, string, object> Find)
{
    private const string AtRunTime = "Can be set at run time.";

    private readonly OptionSectionAttribute section = Section.GetCustomAttribute<OptionSectionAttribute>()!;

    public string SectionName => section.Name!;

    /// <summary>Which kind of the section has the option. Null: all have.</summary>
    public string? Kind => section.Kind;

    /// <summary>In a section that people name, the key has <c>NAME</c> in the place of the name.</summary>
    public string Key { get; } = $"{Section.GetCustomAttribute<OptionSectionAttribute>()!.Name}:{Property.Name}";

    /// <summary>Whether it can also be set while the service runs.</summary>
    public bool IsAdjustable => Property.IsDefined(typeof(AdjustableAttribute));

    public bool IsSecret => Property.IsDefined(typeof(SecretAttribute));

    /// <summary>Whether nothing of it may be shown.</summary>
    public bool IsWhollySecret => Property.GetCustomAttribute<SecretAttribute>() is { InPart: false };

    public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>) || Property.PropertyType == typeof(IReadOnlyList<int>);

    public string Default => Get(new Settings());

    public string Bounds => OptionBounds.Words(Property);

    public string Meaning => IsAdjustable
        ? $"{XmlDocumentation.SummaryOf(Property)} {AtRunTime}"
        : XmlDocumentation.SummaryOf(Property);

    /// <summary>The names of the sections that have the option; none if people do not name them.</summary>
    public IEnumerable<string> NamesIn(Settings settings) => SectionName switch
    {
        "Channels:NAME" => settings.Channels.All.Where(channel => channel.Value.Has(Section)).Select(channel => channel.Key),
        "Routes:NAME" => settings.Routes.All.Keys,
        "Access:Tokens:NAME" => settings.AccessTokens.All.Keys,
        _ => [],
    };

    public string Get(Settings settings, string name = "") => OptionText.Of(Property.GetValue(Find(settings, name)), Property.PropertyType);

    public void Set(Settings settings, string name, object? value) => Property.SetValue(Find(settings, name), value);
}

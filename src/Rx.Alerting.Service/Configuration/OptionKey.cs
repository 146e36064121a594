using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Keys of options. In sections that people name, <c>Channels:hook:Url</c> is one of <c>Channels:NAME:Url</c>.</summary>
internal static class OptionKey
{
    private static readonly string[] Sections = [nameof(Settings.Channels), nameof(Settings.Routes)];

    /// <summary>The key as the catalogue has it, and the name that people have given; empty if they give none.</summary>
    public static (string Template, string Name) Parse(string key) =>
        key.Split(':') is [var section, var name, _, ..] parts && Sections.Contains(section, StringComparer.OrdinalIgnoreCase)
            ? (string.Join(':', [section, OptionSectionAttribute.Placeholder, .. parts[2..]]), name.ToLowerInvariant())
            : (key, string.Empty);

    /// <summary>The key with the name that people have given.</summary>
    public static string Named(string template, string name) => name.Length == 0
        ? template
        : template.Replace($":{OptionSectionAttribute.Placeholder}:", $":{name}:", StringComparison.Ordinal);
}

using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Keys of options. In sections that people name, <c>Channels:hook:Url</c> is one of <c>Channels:NAME:Url</c>.</summary>
internal static class OptionKey
{
    private static readonly string[] Sections = ["Channels:", "Routes:", "Access:Tokens:"];

    /// <summary>The key as the catalogue has it, and the name that people have given; empty if they give none.</summary>
    public static (string Template, string Name) Parse(string key) =>
        Array.Find(Sections, section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase)) is { Length: var length }
        && key[length..].Split(':', 2) is [var name, var rest]
            ? ($"{key[..length]}{OptionSectionAttribute.Placeholder}:{rest}", name.ToLowerInvariant())
            : (key, string.Empty);

    /// <summary>The key with the name that people have given.</summary>
    public static string Named(string template, string name) => name.Length == 0
        ? template
        : template.Replace($":{OptionSectionAttribute.Placeholder}:", $":{name}:", StringComparison.Ordinal);
}

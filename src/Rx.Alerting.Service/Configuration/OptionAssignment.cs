using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Sets an option by its key. Whoever takes options from people says the same of what is wrong.</summary>
internal static class OptionAssignment
{
    /// <param name="settings">Is changed in place.</param>
    /// <param name="key">In any case.</param>
    /// <param name="text">The value as options are written.</param>
    /// <returns>What is wrong, as a sentence without an end. Null: it is set. Bounds are not looked at.</returns>
    public static string? Set(Settings settings, string key, string text)
    {
        var (template, name) = OptionKey.Parse(key);
        if (template != key && name.Length == 0)
            return $"{key} has no name, must be like {template}";

        if (OptionCatalogue.FindAll(key).ToList() is not [var entry, ..] entries)
            return NoSuch(key);

        if (!OptionText.TryParse(entry.Property.PropertyType, text, out var value))
        {
            var said = entry.IsSecret ? "cannot be read" : $"is “{text}”";
            return $"{OptionKey.Named(entry.Key, name)} {said}, must be {OptionBounds.Expected(entry.Property)}";
        }

        entries.ForEach(each => each.Set(settings, name, value));
        return null;
    }

    /// <summary>Says that there is no such option, and which was probably meant.</summary>
    private static string NoSuch(string key)
    {
        var hint = OptionCatalogue.Nearest(key) is { } nearest ? $"did you mean {nearest}?" : "rx-alerting options lists them all";
        return $"there is no option {key}; {hint}";
    }
}

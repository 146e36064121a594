using System.Reflection;

namespace Rx.Alerting.Service.Configuration;

/// <summary>One thing that can be set.</summary>
/// <param name="Key"><c>Section:Name</c>.</param>
/// <param name="Section">Finds the section in the settings.</param>
/// <param name="Property">The property of the section.</param>
/// <param name="Summary">What the property's documentation says, as plain text.</param>
internal sealed record OptionEntry(string Key, Func<Settings, object> Section, PropertyInfo Property, string Summary)
{
    private static readonly Settings Defaults = new();

    public string Default => OptionValue.Format(Property.GetValue(Section(Defaults)));

    public void Set(Settings settings, object value) => Property.SetValue(Section(settings), value);

    public string Get(Settings settings) => OptionValue.Format(Property.GetValue(Section(settings)));
}

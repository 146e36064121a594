namespace Rx.Alerting.Service.Configuration;

/// <summary>Makes settings of values, the later ones first served, and collects every fault on the way.</summary>
internal sealed class SettingsBuilder
{
    private readonly Settings settings = new();
    private readonly List<string> faults = [];

    public void Fault(string fault) => faults.Add(fault);

    public void Apply(IEnumerable<SettingValue> values)
    {
        foreach (var value in values)
            Apply(value);
    }

    /// <exception cref="CommandLine.MisusedException">There are faults; the exception has them all.</exception>
    public Settings Build()
    {
        string[] all = [.. faults, .. settings.Validate()];
        return all.Length == 0 ? settings : throw new CommandLine.MisusedException(all);
    }

    private void Apply(SettingValue value)
    {
        if (OptionCatalogue.Find(value.Key) is not { } entry)
        {
            var hint = OptionCatalogue.Nearest(value.Key) is { } nearest ? $"; did you mean {nearest}?" : "; rx-alerting options lists them all";
            Fault($"{value.Origin}: there is no option {value.Key}{hint}");
        }
        else if (OptionValue.Parse(entry.Property.PropertyType, value.Text, out var expected) is { } parsed)
        {
            entry.Set(settings, parsed);
        }
        else
        {
            Fault($"{value.Origin}: {entry.Key} is “{value.Text}”, must be {expected}");
        }
    }
}

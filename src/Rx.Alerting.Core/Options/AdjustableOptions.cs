namespace Rx.Alerting.Core.Options;

/// <summary>The options that can be set while a pipeline runs: as they are configured, and as they are in force.</summary>
/// <param name="configured">A record of sections. It never changes.</param>
/// <param name="inForce">
/// A copy of the record. Its sections with adjustable options are copies, too, because these options change in place.
/// </param>
public sealed class AdjustableOptions(object configured, object inForce)
{
    /// <summary>More options than this cannot be given at a time.</summary>
    public const int Maximum = 100;

    private const int LongestShown = 100;
    private const int MostFaults = 20;

    private readonly IReadOnlyDictionary<string, AdjustableOption> all = ByKey(configured.GetType());

    public string Configured(string key) => all[key].Text(configured);

    public string InForce(string key) => all[key].Text(inForce);

    /// <summary>The key as it is declared, however it was written. Null: there is no such adjustable option.</summary>
    public string? Find(string key) => all.GetValueOrDefault(key)?.Key;

    /// <summary>Everything that can be told of values without the values of other options. Each fault is a key and a clause.</summary>
    /// <param name="whole">The type of the record of sections.</param>
    /// <param name="values">By key, in any case. Null: as it is configured.</param>
    public static IReadOnlyList<(string Key, string Problem)> Faults(Type whole, IReadOnlyCollection<KeyValuePair<string, string?>> values)
    {
        if (values.Count is 0 or > Maximum)
            return [("options", $"has {values.Count} options, must have 1 to {Maximum}")];
        var options = ByKey(whole);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<(string Key, string Problem)>();
        var foreign = false;
        foreach (var (key, text) in values)
        {
            if (!options.TryGetValue(key, out var option))
                foreign = true;
            if (!seen.Add(key))
                faults.Add((Shown(key), "is given twice"));
            else if (option is null)
                faults.Add((Shown(key), "cannot be set while the service runs"));
            else if (text is not null && !OptionText.TryParse(option.Property.PropertyType, text, out _))
                faults.Add((option.Key, $"is “{Shown(text)}”, must be {OptionBounds.Expected(option.Property)}"));
            else if (text is not null && OptionText.TryParse(option.Property.PropertyType, text, out var value))
                faults.AddRange(OptionBounds.Broken(option.Property, value).Select(problem => (option.Key, problem)));
        }

        if (faults.Count > MostFaults)
            faults = [.. faults.Take(MostFaults), ("options", $"has {faults.Count - MostFaults} more faults")];
        if (foreign)
            faults.Add(("options", $"can be {string.Join(", ", AdjustableOption.Of(whole).Select(option => option.Key))}"));
        return faults;
    }

    /// <summary>Puts all values in force, or none of them.</summary>
    /// <returns>Every fault, each a sentence. Empty: the values are in force.</returns>
    /// <inheritdoc cref="Faults" path="/param[@name='values']"/>
    public IReadOnlyList<string> Set(IReadOnlyCollection<KeyValuePair<string, string?>> values)
    {
        var faults = Faults(configured.GetType(), values).Select(fault => $"{fault.Key} {fault.Problem}").ToList();
        if (faults.Count > 0)
            return faults;
        var before = values.Select(value => (Option: all[value.Key], Value: all[value.Key].Get(inForce))).ToList();
        foreach (var (key, text) in values)
            all[key].Set(inForce, text is null ? all[key].Get(configured) : Parse(all[key], text));
        faults.AddRange(OptionFaults.Of(inForce));
        if (faults.Count > 0)
            before.ForEach(option => option.Option.Set(inForce, option.Value));
        return faults;
    }

    /// <summary>The value as options are written: <c>007</c> is <c>7</c>.</summary>
    public string Text(string key, string text) => OptionText.Of(Parse(all[key], text), all[key].Property.PropertyType);

    private static object? Parse(AdjustableOption option, string text) =>
        OptionText.TryParse(option.Property.PropertyType, text, out var value) ? value : null;

    private static string Shown(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    private static Dictionary<string, AdjustableOption> ByKey(Type whole) =>
        AdjustableOption.Of(whole).ToDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);
}

using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tries;

/// <summary>
/// The options that can be tried: those that decide which incidents of a property there are. They have the names, the values and the faults
/// of the configuration.
/// </summary>
internal static class TriedOptions
{
    /// <summary>More cannot be given at a time.</summary>
    public const int Most = 50;

    private const int LongestShown = 100;

    private static readonly string[] Sections = ["Detection", "Baseline", "Incidents"];

    /// <summary>Of these sections: what is told, kept, or of the platform. A property's incidents do not depend on it.</summary>
    private static readonly string[] Others =
    [
        "Incidents:UpdateInterval", "Incidents:TimelinePoints", "Incidents:MaximumHistory",
        "Incidents:PlatformProperties", "Incidents:PlatformWithin",
    ];

    private static readonly string[] OfWindows = ["Windows:MinimumViews", "Windows:NestedViews", "Windows:TitleNestedViews"];

    public static IReadOnlyList<OptionEntry> All { get; } =
    [
        .. OptionCatalogue.All.Where(entry =>
            OfWindows.Contains(entry.Key) || (Sections.Contains(entry.SectionName) && !Others.Contains(entry.Key))),
    ];

    /// <summary>The value of an option, as options are written.</summary>
    public static string Text(OptionEntry entry, PipelineOptions options) => entry.Get(new Settings { Pipeline = options });

    /// <summary>Reads options that somebody has typed: <c>Key=Value</c>, one in a line.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="current">What is in force. It is not changed.</param>
    /// <param name="faults">Everything that is wrong, as sentences without an end.</param>
    /// <returns>All options with the changes, and the changes. Null: there are faults.</returns>
    public static (PipelineOptions Tried, IReadOnlyList<TriedOption> Changes)? Read(
        string text, PipelineOptions current, out IReadOnlyList<string> faults)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var pairs = lines.Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
        if (pairs.Find(pair => pair is not [{ Length: > 0 }, _]) is { } wrong)
        {
            faults = [$"{Shown(string.Join('=', wrong))}: must be Key=Value"];
            return null;
        }

        return Read([.. pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1]))], current, out faults);
    }

    /// <inheritdoc cref="Read(string, PipelineOptions, out IReadOnlyList{string})"/>
    public static (PipelineOptions Tried, IReadOnlyList<TriedOption> Changes)? Read(
        IReadOnlyList<KeyValuePair<string, string>> values, PipelineOptions current, out IReadOnlyList<string> faults)
    {
        var settings = new Settings { Pipeline = Copy(current) };
        var (found, changed) = (new List<string>(), new List<OptionEntry>());
        if (values.Count is 0 or > Most)
            found.Add($"has {values.Count} options, must have 1 to {Most}");
        foreach (var (key, value) in values.Take(Most))
        {
            var entry = All.FirstOrDefault(one => one.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (entry is null && OptionCatalogue.Find(key) is { } other)
                found.Add($"{other.Key} cannot be tried; the table below has what can");
            else if (entry is null)
                found.Add($"there is no option {Shown(key)}; {Hint(key)}");
            else if (changed.Contains(entry))
                found.Add($"{entry.Key} is given twice");
            else if (OptionAssignment.Set(settings, Shown(key), value) is { } fault)
                found.Add(fault);
            else
                changed.Add(entry);
        }

        if (found.Count == 0)
            found.AddRange(OptionFaults.Of(settings.Pipeline));
        var changes = changed.Select(entry => new TriedOption(entry.Key, Text(entry, current), Text(entry, settings.Pipeline)))
            .Where(change => change.Current != change.Tried).ToList();
        if (found.Count == 0 && changes.Count == 0)
            found.Add("say what is in force already: there is nothing to compare");
        faults = found;
        return found.Count == 0 ? (settings.Pipeline, changes) : null;
    }

    /// <summary>Options are set in place, so each section that has some is copied.</summary>
    private static PipelineOptions Copy(PipelineOptions options) => options with
    {
        Windows = options.Windows with { },
        Baseline = options.Baseline with { },
        Detection = options.Detection with { },
        Incidents = options.Incidents with { },
    };

    /// <summary>What was probably meant, of what can be tried.</summary>
    private static string Hint(string key) =>
        OptionCatalogue.Nearest(key, All) is { } nearest ? $"did you mean {nearest}?" : "the table below has what can be tried";

    private static string Shown(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";
}

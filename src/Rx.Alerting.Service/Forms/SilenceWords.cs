using System.Globalization;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Forms;

/// <summary>Silences in words.</summary>
internal static class SilenceWords
{
    public static string Text(string text) => IncidentWords.Printable(text);

    /// <summary>Which incidents: <c>property shop-*, error network</c>.</summary>
    /// <param name="matcher">Its title may be an id, which tells people nothing.</param>
    /// <param name="text">What the title is called, where that is known.</param>
    public static string Matcher(IncidentMatcher matcher, string? text = null)
    {
        var title = text is null ? Part("title", matcher.Title) : $"title “{Text(text)}” ({Text(matcher.Title!)})";
        string?[] parts = [Part("property", matcher.Property), title, Part("error", matcher.ErrorType)];
        var said = string.Join(", ", parts.OfType<string>());
        return said.Length > 0 ? said : "everything";

        static string? Part(string name, string? value) => value is null or "*" ? null : $"{name} {Text(value)}";
    }

    /// <summary>How maintenance windows come: <c>by “0 3 * * SUN” in Europe/Berlin, 1 h 30 min each</c>.</summary>
    public static string Windows(MaintenanceSummary windows)
    {
        var until = windows.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:yyyy-MM-dd HH:mm} UTC") : null;
        return $"by “{Text(windows.Cron)}” in {Text(windows.TimeZone)}, {IncidentWords.Lasting(windows.Duration)} each{until}";
    }

    public static string End(EndedSilence ended)
    {
        var note = ended.Note is { Length: > 0 } said ? $" ({Text(said)})" : null;
        return ended.By is { } by ? $"ended by {Text(by)}{note}" : "ended by itself";
    }
}

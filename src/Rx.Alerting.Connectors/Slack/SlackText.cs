using System.Text;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>Texts of the stream as Slack is to show them: they mention nobody, and are no longer than Slack takes.</summary>
internal static class SlackText
{
    /// <summary>A text for Slack's markup: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> mean themselves.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">UTF-16 units of the result. What is cut off becomes <c>…</c>; no character or entity is cut in two.</param>
    public static string Escape(string text, int maximum)
    {
        var result = new StringBuilder();
        var fits = 0; // So much of the result is followed by an ellipsis if the rest is too long.
        foreach (var rune in IncidentWords.Printable(text).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                _ => result.Append(rune.ToString()),
            };
            if (result.Length < maximum)
                fits = result.Length;
            else if (result.Length > maximum)
                return result.Remove(fits, result.Length - fits).Append('…').ToString();
        }

        return result.ToString();
    }

    /// <summary>A text for a field that has no markup.</summary>
    public static string Plain(string text, int maximum) => IncidentWords.Cut(IncidentWords.Printable(text), maximum);

    /// <summary>A time in the reader's time zone.</summary>
    public static string Time(DateTimeOffset time) =>
        $"<!date^{time.ToUnixTimeSeconds()}^{{date_num}} {{time_secs}}|{IncidentWords.Time(time)} UTC>";
}

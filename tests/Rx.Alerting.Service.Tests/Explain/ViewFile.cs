namespace Rx.Alerting.Service.Tests.Explain;

/// <summary>Writes views in Mux's JSON: an hour of normal traffic, then ten minutes of an incident.</summary>
internal static class ViewFile
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 22, 8, 30, 0, TimeSpan.Zero);

    private static readonly string[] Cdns = ["fastly", "akamai", "lumen"];
    private static readonly string[] Countries = ["US", "BR", "DE", "FR"];
    private static readonly string[] Players = ["7.1", "7.2"];

    /// <summary>2 % of the views fail; during the incident, half of those of akamai in Brazil.</summary>
    /// <param name="views">How many; a seventh of them are in the incident.</param>
    /// <param name="more">Further members of the view with this number, such as <c>,"video_id":"7"</c>.</param>
    public static IEnumerable<string> Incident(int views = 7000, Func<int, string>? more = null)
    {
        for (var i = 0; i < views; i++)
        {
            var isInside = i % 7 == 0;
            var (cdn, country, player) = (Cdns[i / 7 % 3], Countries[i / 21 % 4], Players[i / 84 % 2]);
            var isHit = isInside && cdn == "akamai" && country == "BR";
            var hasFailed = Even(i) < (isHit ? 0.5 : 0.02);
            var time = isInside ? Begin.AddMilliseconds(i * 600_000L / views) : Begin.AddHours(-1).AddMilliseconds(i * 3_600_000L / views);
            var error = hasFailed ? ",\"error_type\":\"network\"" : string.Empty;
            var slice = $",\"cdn\":\"{cdn}\",\"country\":\"{country}\",\"player_version\":\"{player}\"";
            yield return Line(i, time, slice + error + more?.Invoke(i));
        }
    }

    /// <summary>Numbers from 0 to 1 without a pattern, the same in every run: the multiples of the golden ratio.</summary>
    private static double Even(int i) => i * 0.6180339887498949 % 1;

    public static string Line(int id, DateTimeOffset time, string members, string property = "p1") =>
        $"{{\"view_id\":\"{id}\",\"property_id\":\"{property}\",\"view_end\":\"{time:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"{members}}}";
}

using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Pages;

/// <summary>The time zone that a reader has chosen. It is kept in a cookie of the browser; there is nothing else in it.</summary>
internal static class PageZone
{
    public const string Cookie = "rx-time-zone";

    private const int LongestShown = 60;

    /// <summary>The parameter of an address that chooses.</summary>
    public const string Parameter = "tz";

    /// <summary>Some zones; the address takes any. A system without a database of time zones has UTC only.</summary>
    private static readonly string[] Usual =
    [
        .. new[]
        {
            "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo", "Europe/London",
            "Europe/Paris", "Europe/Berlin", "Europe/Athens", "Africa/Johannesburg", "Africa/Lagos", "Europe/Istanbul", "Asia/Dubai",
            "Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Seoul", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
        }.Where(id => Find(id) is not null),
    ];

    /// <summary>Ids of the zones that are offered, with the reader's own.</summary>
    public static IEnumerable<string> Offered(string chosen) => new[] { TimeZoneInfo.Utc.Id, chosen }.Concat(Usual).Distinct();

    public static TimeZoneInfo Of(HttpRequest request) => Find(request.Cookies[Cookie]) ?? TimeZoneInfo.Utc;

    /// <inheritdoc cref="TimeZones.Find"/>
    public static TimeZoneInfo? Find(string? id) => TimeZones.Find(id);

    /// <summary>Why what was chosen is not taken, as a sentence. Null: nothing was chosen, or it is taken.</summary>
    public static string? FaultOf(HttpRequest request) => request.Query[Parameter] switch
    {
        [] => null,
        [{ } one] when Find(one) is not null => null,
        [{ } one] => $"There is no time zone “{IncidentWords.Cut(IncidentWords.Printable(one), LongestShown)}”, or it does not say "
            + $"which one is meant. Times are in {Of(request).Id}. Zones have names such as Europe/Berlin.",
        _ => $"{Parameter} must be given once. Times are in {Of(request).Id}.",
    };

    /// <summary>
    /// Keeps what was chosen, and shows the same page without the parameter. False: nothing was chosen, or it is not taken: then the page
    /// says so.
    /// </summary>
    public static bool Choose(HttpContext context)
    {
        var request = context.Request;
        if (request.Query[Parameter] is not [{ } chosen] || Find(chosen) is not { } zone)
            return false;
        context.Response.Cookies.Append(Cookie, zone.Id, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = request.IsHttps,
        });

        // The path is one of ours: it was routed. It stays on this host.
        var rest = request.Query.Where(pair => pair.Key != Parameter)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create<string, string?>(pair.Key, value));
        context.Response.Headers.Location = $"{request.PathBase}{request.Path}{QueryString.Create(rest)}";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return true;
    }
}

using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Access.Login;

namespace Rx.Alerting.Service.Forms;

/// <summary>
/// The name that somebody has typed into a form who is not known otherwise, so that it is typed once. A cookie of the browser keeps it; it
/// says who somebody claims to be, and gives no rights.
/// </summary>
internal static class FormNames
{
    public const string Cookie = "rx-name";

    /// <summary>In characters. What is longer is typed again.</summary>
    private const int Longest = 100;

    private static readonly SessionCookies Cookies = new();

    /// <summary>What was typed before. Null: nothing that can be a name.</summary>
    public static string? Of(HttpContext context) =>
        Cookies.GetRequestCookie(context, Cookie) is { } name && IsName(name) ? name : null;

    /// <summary>Keeps what was typed, if it can be a name, and the caller needs one.</summary>
    public static void Keep(HttpContext context, string typed)
    {
        var name = typed.Trim();
        if (context.Caller().IsKnown || !IsName(name) || name == Of(context))
            return;
        Cookies.AppendResponseCookie(context, Cookie, name, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }

    private static bool IsName(string text) => text.Length is > 0 and <= Longest && !text.Any(char.IsControl);
}

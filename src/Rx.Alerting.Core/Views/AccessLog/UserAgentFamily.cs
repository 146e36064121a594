namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>The family of a program by its user agent: coarse, as failures that a program causes are seldom of one version only.</summary>
internal static class UserAgentFamily
{
    /// <summary>Agents imitate each other, so what imitates comes before what is imitated.</summary>
    private static readonly (byte[] Part, byte[] Family)[] Families =
    [
        .. new (string Part, string Family)[]
        {
            ("Googlebot", "Googlebot"), ("bingbot", "bingbot"), ("YandexBot", "YandexBot"), ("Baiduspider", "Baiduspider"),
            ("AppleCoreMedia", "AppleCoreMedia"), ("ExoPlayer", "ExoPlayer"), ("Roku", "Roku"), ("Tizen", "Tizen"), ("Web0S", "webOS"),
            ("Edg/", "Edge"), ("EdgA/", "Edge"), ("Edge/", "Edge"), ("OPR/", "Opera"), ("Opera", "Opera"),
            ("SamsungBrowser/", "Samsung Browser"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"), ("Chromium/", "Chrome"), ("Safari/", "Safari"), ("MSIE ", "Internet Explorer"),
            ("Trident/", "Internet Explorer"),
        }.Select(entry => (System.Text.Encoding.ASCII.GetBytes(entry.Part), System.Text.Encoding.ASCII.GetBytes(entry.Family))),
    ];

    private static ReadOnlySpan<byte> Compatible => "(compatible; "u8;

    /// <summary>The family; else the name of the first product, such as <c>curl</c> of <c>curl/8.5.0</c>.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> agent)
    {
        foreach (var (part, family) in Families)
        {
            if (agent.IndexOf(part) >= 0)
                return family;
        }

        // Bots call themselves “Mozilla/5.0 (compatible; AhrefsBot/5.0; …)”.
        var compatible = agent.IndexOf(Compatible);
        return compatible >= 0 && Product(agent[(compatible + Compatible.Length)..]) is { IsEmpty: false } bot ? bot : Product(agent);
    }

    private static ReadOnlySpan<byte> Product(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny("/ ;(),!"u8);
        return end < 0 ? text : text[..end];
    }
}

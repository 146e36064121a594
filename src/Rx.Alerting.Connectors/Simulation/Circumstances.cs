namespace Rx.Alerting.Connectors.Simulation;

/// <summary>A device that people watch on.</summary>
internal readonly record struct Platform(string Browser, string System, string Player, string UserAgent);

/// <summary>The values of the dimensions, and how a property's views are spread over them.</summary>
internal static class Circumstances
{
    public const int Slots = 256;

    public const int PlayerVersions = 4;

    public const int NetworksPerCountry = 4;

    public static string[] Cdns { get; } = ["fastly", "cloudfront", "akamai", "cloudflare", "edgio", "lumen"];

    public static string[] Countries { get; } = ["US", "DE", "BR", "GB", "FR", "IN", "JP", "MX", "ES", "CA", "PL", "AU", "ZA", "SE"];

    public static string[] StreamTypes { get; } = ["on-demand", "live"];

    public static Platform[] Platforms { get; } =
    [
        new("Chrome", "Windows", "Web Player", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36"),
        new("Chrome", "Android", "Web Player", "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/143.0 Mobile Safari/537.36"),
        new("Safari", "iOS", "AVPlayer", "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1 Mobile/15E148"),
        new("Safari", "macOS", "Web Player", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/26.1 Safari/605.1"),
        new("Edge", "Windows", "Web Player", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0 Edg/143.0"),
        new("Firefox", "Linux", "Web Player", "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"),
        new("Roku", "Roku OS", "Roku Video", "Roku/DVP-14.5"),
        new("tvOS", "tvOS", "AVPlayer", "AppleTV14,1/26.1"),
        new("Android TV", "Android", "ExoPlayer", "Dalvik/2.1.0 (Linux; U; Android 14; TV)"),
        new("Tizen", "Tizen", "Smart TV Player", "Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36"),
    ];

    /// <summary>A table of <see cref="Slots"/> values, in which each value has its share. So one random byte draws a value.</summary>
    /// <param name="random">Decides which values have the largest shares.</param>
    /// <param name="values">How many values there are.</param>
    /// <param name="skew">How unequal the shares are: 0 not at all, 1 as in Zipf's law.</param>
    public static byte[] Spread(SimulationRandom random, int values, double skew)
    {
        var order = new byte[values];
        for (var i = 0; i < values; i++)
        {
            var place = random.Below(i + 1);
            order[i] = order[place];
            order[place] = (byte)i;
        }

        var weights = AliasTable.ZipfWeights(values, skew);
        var table = new byte[Slots];
        var value = 0;
        var end = weights[0];
        for (var slot = 0; slot < Slots; slot++)
        {
            while ((slot + 0.5) / Slots > end && value < values - 1)
                end += weights[++value];
            table[slot] = order[value];
        }

        return table;
    }
}

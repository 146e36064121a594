using System.Globalization;
using Rx.Alerting.Connectors.Simulation.Formats;

namespace Rx.Alerting.Connectors.Simulation.Slices;

/// <summary>One value of one dimension, for example <c>cdn=fastly</c>.</summary>
/// <param name="Name">The dimension, as Mux names it.</param>
/// <param name="Value">The value, as views carry it.</param>
/// <param name="Views">The views with this value.</param>
internal sealed record SliceTerm(string Name, string Value, ViewSet Views)
{
    public const string Cdn = "cdn";
    public const string Country = "country";
    public const string Network = "asn";
    public const string Browser = "browser";
    public const string System = "operating_system";
    public const string Player = "player_name";
    public const string PlayerVersion = "player_version";
    public const string StreamType = "stream_type";

    private static readonly ViewSet All = ViewSet.All;

    /// <summary>The terms of every dimension. Each view has one value in each dimension.</summary>
    public static IReadOnlyDictionary<string, SliceTerm[]> Of { get; } = new SliceTerm[][]
    {
        [.. Circumstances.Cdns.Select((cdn, i) => new SliceTerm(Cdn, cdn, All with { Cdns = 1UL << i }))],
        [.. Circumstances.Countries.Select((country, i) => new SliceTerm(Country, country, All with { Networks = ViewSet.NetworksOf(i) }))],
        [.. Enumerable.Range(0, Circumstances.Countries.Length * Circumstances.NetworksPerCountry).Select(OfNetwork)],
        OfPlatforms(Browser, platform => platform.Browser),
        OfPlatforms(System, platform => platform.System),
        OfPlatforms(Player, platform => platform.Player),
        [.. Enumerable.Range(0, Circumstances.PlayerVersions).Select(OfPlayerVersion)],
        [.. Circumstances.StreamTypes.Select((type, i) => new SliceTerm(StreamType, type, All with { StreamTypes = 1UL << i }))],
    }.ToDictionary(terms => terms[0].Name);

    public LabelDimension ToLabel() => new(Name, Value);

    private static SliceTerm OfNetwork(int i)
    {
        var asn = ViewDetails.Asn(i / Circumstances.NetworksPerCountry, i % Circumstances.NetworksPerCountry);
        return new SliceTerm(Network, asn.ToString(CultureInfo.InvariantCulture), All with { Networks = 1UL << i });
    }

    private static SliceTerm OfPlayerVersion(int i) => new(
        PlayerVersion, string.Create(CultureInfo.InvariantCulture, $"7.{i}.2"), All with { PlayerVersions = 1UL << i });

    private static SliceTerm[] OfPlatforms(string name, Func<Platform, string> value) =>
    [
        .. Circumstances.Platforms.Select((platform, i) => (Value: value(platform), Bit: 1UL << i))
            .GroupBy(platform => platform.Value, platform => platform.Bit)
            .Select(same => new SliceTerm(name, same.Key, All with { Platforms = same.Aggregate((a, b) => a | b) })),
    ];
}

using System.Numerics;

namespace Rx.Alerting.Connectors.Simulation.Slices;

/// <summary>
/// Views, by their circumstances: one bit for each CDN, network, platform, player version and stream type. A view is in the set if its bits
/// are set in all of the five.
/// </summary>
/// <remarks>
/// The five are drawn independently for each view. So shares multiply.
/// </remarks>
internal readonly record struct ViewSet(ulong Cdns, ulong Networks, ulong Platforms, ulong PlayerVersions, ulong StreamTypes)
{
    private const ulong NetworksOfCountry = (1 << Circumstances.NetworksPerCountry) - 1;

    public static ViewSet All { get; } = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public static ViewSet operator &(ViewSet a, ViewSet b) => new(
        a.Cdns & b.Cdns,
        a.Networks & b.Networks,
        a.Platforms & b.Platforms,
        a.PlayerVersions & b.PlayerVersions,
        a.StreamTypes & b.StreamTypes);

    /// <summary>The networks of one country.</summary>
    public static ulong NetworksOf(int country) => NetworksOfCountry << (country * Circumstances.NetworksPerCountry);

    public bool Contains(in SimulatedView view) =>
        ((Cdns >> view.Cdn)
            & (Networks >> ((view.Country * Circumstances.NetworksPerCountry) + view.Network))
            & (Platforms >> view.Platform)
            & (PlayerVersions >> view.PlayerVersion)
            & (StreamTypes >> view.StreamType)
            & 1) != 0;

    /// <summary>The share of the property's views that are in the set, 0–1.</summary>
    public double ShareIn(SimulatedProperty property)
    {
        var set = this;
        return Share(property.Cdns, cdn => (set.Cdns >> cdn) & 1)
            * Share(property.Countries, country => set.Networks & NetworksOf(country)) / Circumstances.NetworksPerCountry
            * Share(property.Platforms, platform => (set.Platforms >> platform) & 1)
            * Share(property.PlayerVersions, version => (set.PlayerVersions >> version) & 1)
            * Share(property.StreamTypes, type => (set.StreamTypes >> type) & 1);
    }

    private static double Share(byte[] table, Func<int, ulong> bits)
    {
        var count = 0;
        foreach (var value in table)
            count += BitOperations.PopCount(bits(value));
        return (double)count / Circumstances.Slots;
    }
}

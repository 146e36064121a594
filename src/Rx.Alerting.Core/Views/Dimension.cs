using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>What views can have in common. Records of one format have some of the dimensions.</summary>
public enum Dimension
{
    Cdn,
    Country,
    Asn,
    Browser,
    OperatingSystem,
    DeviceCategory,
    PlayerName,
    PlayerVersion,
    StreamType,
    Viewer,

    /// <summary>As all that follows: of access logs only. The status is no circumstance: it is the failure itself.</summary>
    Method,

    /// <summary>The family of the program that asked, such as a browser or a bot.</summary>
    UserAgent,

    /// <summary>The host of the page that led to the request.</summary>
    Referrer,
}

/// <summary>One <see cref="TextRange"/> for each <see cref="Dimension"/>. Empty: the record does not say.</summary>
[InlineArray(Count)]
public struct DimensionValues
{
    public const int Count = (int)Dimension.Referrer + 1;

    /// <summary>How many dimensions records of Mux have; these come first.</summary>
    internal const int OfMux = (int)Dimension.Viewer + 1;

    private TextRange first;
}

/// <summary>The names of dimensions: those of Mux's records, else in the same style.</summary>
public static class DimensionNames
{
    private static readonly string[] All =
    [
        "cdn",
        "country",
        "asn",
        "browser",
        "operating_system",
        "viewer_device_category",
        "player_name",
        "player_version",
        "stream_type",
        "viewer_user_id",
        "method",
        "user_agent",
        "referrer",
    ];

    public static string Of(Dimension dimension) => All[(int)dimension];

    /// <summary>Finds a dimension by its name.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string name, out Dimension dimension)
    {
        var index = Array.IndexOf(All, name);
        dimension = (Dimension)index;
        return index >= 0;
    }
}

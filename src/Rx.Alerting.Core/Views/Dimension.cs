using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>A circumstance of a failed view. Incidents name the dimension values that their failed views share.</summary>
public enum Dimension
{
    Cdn,
    Country,
    Asn,
    Browser,
    OperatingSystem,
    PlayerName,
    PlayerVersion,
    StreamType,
}

/// <summary>One <see cref="TextRange"/> for each <see cref="Dimension"/>.</summary>
[InlineArray(Count)]
public struct DimensionValues
{
    public const int Count = (int)Dimension.StreamType + 1;

    private TextRange first;
}

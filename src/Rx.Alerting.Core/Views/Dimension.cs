using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>What a failed view tells of its circumstances, for saying where an incident is.</summary>
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

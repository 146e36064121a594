using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>The fields of a Mux view that the dataflow needs. The dimensions come last, in the order of <see cref="Dimension"/>.</summary>
internal enum MuxField
{
    None = -1,
    PropertyId,
    VideoId,
    VideoTitle,
    ViewEnd,
    ErrorType,
    PlayerErrorCode,
    PlayerErrorMessage,
    PlaybackFailure,
    PlaybackBusinessException,
    StartupBusinessException,
    StartupFailure,
    FirstDimension,
}

internal enum MuxValueKind : byte
{
    /// <summary>The record does not have the field.</summary>
    Absent,

    /// <summary>The record has the field and says that it has no value.</summary>
    Null,

    /// <summary>The value is the text at the range.</summary>
    Text,

    /// <summary>The value is the text at the range once its JSON escapes are resolved.</summary>
    EscapedText,

    /// <summary>The value is the JSON number at the range.</summary>
    Number,

    /// <summary>The value is a number, kept in the range's offset.</summary>
    Int32,

    True,
    False,

    /// <summary>The value is the object or the array at the range, as it is written.</summary>
    Nested,
}

/// <summary>What one record says in one field, not yet copied. One word, so that it travels in a register.</summary>
internal readonly struct MuxValue(MuxValueKind kind, TextRange range)
{
    /// <summary>The length of the longest record whose values can be told.</summary>
    internal const int MaximumLength = (1 << 28) - 1;

    private readonly ulong word = ((ulong)(uint)range.Offset << 32) | ((ulong)(uint)range.Length << 4) | (uint)kind;

    internal MuxValueKind Kind => (MuxValueKind)(word & 0xF);

    /// <summary>Where the value is; of <see cref="MuxValueKind.Int32"/>, the offset is the value.</summary>
    internal TextRange Range => new((int)(word >> 32), (int)((uint)word >> 4));
}

/// <summary>One <see cref="MuxValue"/> for each <see cref="MuxField"/>.</summary>
[InlineArray((int)MuxField.FirstDimension + DimensionValues.Count)]
internal struct MuxValues
{
    private MuxValue first;
}

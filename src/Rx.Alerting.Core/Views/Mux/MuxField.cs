using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>The fields of a Mux view that the dataflow needs. Dimensions come last, in the order of <see cref="Dimension"/>.</summary>
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
    ViewId,
    FirstDimension,
}

internal enum MuxValueKind : byte
{
    /// <summary>The record does not have the field.</summary>
    Absent,

    /// <summary>The record has the field, without a value.</summary>
    Null,

    /// <summary>The value is the text at the range.</summary>
    Text,

    /// <summary>The value is the text at the range, whose JSON escapes are not resolved yet.</summary>
    EscapedText,

    /// <summary>The value is the JSON number at the range.</summary>
    Number,

    /// <summary>The value is a number. The range's offset is the number itself.</summary>
    Int32,

    True,
    False,

    /// <summary>The value is the object or array at the range, as it is written.</summary>
    Nested,
}

/// <summary>The value of one field of one record, not yet copied. One machine word, so that the value is passed in a register.</summary>
internal readonly struct MuxValue(MuxValueKind kind, TextRange range)
{
    /// <summary>Length of the longest record whose ranges fit into the word.</summary>
    internal const int MaximumLength = (1 << 28) - 1;

    private readonly ulong word = ((ulong)(uint)range.Offset << 32) | ((ulong)(uint)range.Length << 4) | (uint)kind;

    internal MuxValueKind Kind => (MuxValueKind)(word & 0xF);

    /// <summary>Where the value is. The offset of <see cref="MuxValueKind.Int32"/> is the value itself.</summary>
    internal TextRange Range => new((int)(word >> 32), (int)((uint)word >> 4));
}

/// <summary>One <see cref="MuxValue"/> for each <see cref="MuxField"/>.</summary>
[InlineArray((int)MuxField.FirstDimension + DimensionValues.OfMux)]
internal struct MuxValues
{
    private MuxValue first;
}

using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

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

    /// <summary>The value is an object or an array.</summary>
    Nested,
}

/// <summary>What one record says in one field, not yet copied.</summary>
internal readonly record struct MuxValue(MuxValueKind Kind, TextRange Range);

/// <summary>One <see cref="MuxValue"/> for each <see cref="MuxField"/>.</summary>
[InlineArray((int)MuxField.FirstDimension + DimensionValues.Count)]
internal struct MuxValues
{
    private MuxValue first;
}

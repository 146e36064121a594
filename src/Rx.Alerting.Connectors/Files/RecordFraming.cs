namespace Rx.Alerting.Connectors.Files;

internal enum FrameKind
{
    /// <summary>The bytes end before the record does.</summary>
    More,

    /// <summary>A whole record.</summary>
    Record,

    /// <summary>The input's last record, which nothing marks as whole.</summary>
    Unterminated,

    /// <summary>The input ends within the record.</summary>
    Cut,

    /// <summary>Bytes that are no record.</summary>
    Blank,

    /// <summary>A record above the bound begins here; <see cref="RecordFraming.Skip"/> passes over it.</summary>
    TooLong,

    /// <summary>Nothing tells any more where records begin.</summary>
    Lost,
}

/// <summary>What the next bytes of an input are.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Start">Where the record begins.</param>
/// <param name="Length">The record's length.</param>
/// <param name="Consumed">Where the next record begins.</param>
internal readonly record struct Frame(FrameKind Kind, int Start, int Length, int Consumed);

/// <summary>How records follow each other in the bytes of an input.</summary>
internal abstract class RecordFraming
{
    /// <summary>The first record of <paramref name="bytes"/>, which are not empty.</summary>
    /// <param name="bytes">What has been read and not yet framed.</param>
    /// <param name="last">No more bytes will come.</param>
    internal abstract Frame Next(ReadOnlySpan<byte> bytes, bool last);

    /// <summary>Whether a record without an end shows that the input is damaged, so that others may be hidden in it.</summary>
    internal abstract bool KnowsLengths { get; }

    /// <summary>Passes over a record that is too long.</summary>
    /// <param name="bytes">The next bytes of the input.</param>
    /// <param name="skipped">How many of them belong to the record.</param>
    /// <returns>True when the record ends there, false when it goes on in the next bytes.</returns>
    internal abstract bool Skip(ReadOnlySpan<byte> bytes, out int skipped);
}

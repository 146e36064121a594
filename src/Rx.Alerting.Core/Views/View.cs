namespace Rx.Alerting.Core.Views;

/// <summary>
/// One finished video view, as the dataflow needs it. Texts are ranges of the batch's text; hashes are
/// <see cref="KeyHash.Of(ReadOnlySpan{byte})"/> of those texts, computed where the view is decoded. Decoders keep texts
/// of up to 512 bytes whole; of a longer key they keep the begin and a hash, of other texts the begin.
/// </summary>
public struct View
{
    /// <summary>When the view ended: milliseconds since the Unix epoch.</summary>
    public long EventTime;

    /// <summary>When the broker took the record: milliseconds since the Unix epoch, or <see cref="NoArrivalTime"/>.</summary>
    public long ArrivalTime;

    public ulong PropertyHash;
    public ulong TitleHash;
    public TextRange Property;

    /// <summary>What identifies the title: <c>video_id</c>, else the title's text. Empty: the view has no title.</summary>
    public TextRange Title;

    /// <summary>Index into <see cref="ViewBatch.Failures"/>, or -1 when the view succeeded.</summary>
    public int Failure;

    /// <summary>Arrival time of a record that has none, as in files.</summary>
    public const long NoArrivalTime = long.MinValue;

    public readonly bool Failed => Failure >= 0;
}

/// <summary>What only failed views carry.</summary>
public struct Failure
{
    /// <summary>The class of failure; never empty.</summary>
    public TextRange ErrorType;

    public ulong ErrorTypeHash;

    /// <summary>What the player said, for people. May be empty.</summary>
    public TextRange Message;

    /// <summary>The title's text, for people. May be empty.</summary>
    public TextRange VideoTitle;

    public DimensionValues Dimensions;
}

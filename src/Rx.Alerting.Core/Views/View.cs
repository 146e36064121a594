namespace Rx.Alerting.Core.Views;

/// <summary>
/// One finished video view: the fields that the dataflow needs. Texts are ranges of the batch's text. Hashes are
/// <see cref="KeyHash.Of(ReadOnlySpan{byte})"/> of those texts, computed by the decoder. A text of more than 512 bytes is shortened: a key
/// to its begin and a hash, any other text to its begin.
/// </summary>
public struct View
{
    /// <summary>When the view ended, in milliseconds since the Unix epoch.</summary>
    public long EventTime;

    /// <summary>When the broker got the record, in milliseconds since the Unix epoch; or <see cref="NoArrivalTime"/>.</summary>
    public long ArrivalTime;

    public ulong PropertyHash;
    public ulong TitleHash;
    public TextRange Property;

    /// <summary>The key of the title: <c>video_id</c>, else the title's text. Empty if the view has no title.</summary>
    public TextRange Title;

    /// <summary>Index into <see cref="ViewBatch.Failures"/>, or -1 if the view succeeded.</summary>
    public int Failure;

    /// <summary>Index into <see cref="ViewBatch.Circumstances"/>, or -1. A failed view has circumstances.</summary>
    public int Circumstances;

    /// <summary>Stands for a missing arrival time, as in files.</summary>
    public const long NoArrivalTime = long.MinValue;

    public readonly bool Failed => Failure >= 0;
}

/// <summary>The fields that only failed views have.</summary>
public struct Failure
{
    /// <summary>The class of failure. Never empty.</summary>
    public TextRange ErrorType;

    public ulong ErrorTypeHash;

    /// <summary>The player's error message, for people. May be empty.</summary>
    public TextRange Message;

    /// <summary>The title's text, for people. May be empty.</summary>
    public TextRange VideoTitle;
}

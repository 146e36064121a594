namespace Rx.Alerting.Core.Views;

/// <summary>A stream of views in partitions.</summary>
public interface IViewSource
{
    /// <summary>
    /// Reads every partition on from its position. A partition without a position is read from where the source's options say.
    /// </summary>
    /// <param name="positions">By partition: the <see cref="ViewBatch.Position"/> of the last batch that counts.</param>
    /// <param name="gate">Which partitions to read right now.</param>
    /// <returns>A cold sequence: reading starts on subscription, and stops on disposal.</returns>
    /// <remarks>
    /// <para>Rules for the sequence:</para>
    /// <list type="bullet">
    /// <item>Batches are pushed on one thread at a time.</item>
    /// <item>Back-pressure: the next batch is not pushed before <c>OnNext</c> has returned.</item>
    /// <item>The sequence completes when every partition has finished. It fails when the source cannot go on.</item>
    /// </list>
    /// <para>Rules for positions:</para>
    /// <list type="bullet">
    /// <item>Every batch has a position. Exception: the batch that finishes a partition for good, so that its position is forgotten.</item>
    /// <item>A batch and all batches before it have exactly the views that reading from the batch's position does not give.</item>
    /// </list>
    /// <para>Rules for a partition's status:</para>
    /// <list type="bullet">
    /// <item>A partition is announced by an empty active batch before its first views, also after a restore. Reason: a partition that is
    /// not known does not hold the watermark back.</item>
    /// <item>A partition that has been read to its end is told idle, by a batch that may be empty.</item>
    /// <item>A paused partition is not idle. An idle partition whose gate closes is told active by an empty batch, and idle again after
    /// it has been read to its end. Reason: the other partitions must not run past the views that come meanwhile and make them late.</item>
    /// <item>A partition that is closed (nothing can be added any more) finishes.</item>
    /// </list>
    /// </remarks>
    IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate);

    /// <summary>Where reading without positions starts, as a clause for the operator. Says whether views are read again.</summary>
    string Beginning => "views are read from where the options of the source say";

    /// <summary>
    /// Asks the stream itself whether views were read before, under the name that this source has in the stream. Called where there is no
    /// checkpoint. Never needed for correctness.
    /// </summary>
    Task<EarlierReading> FindEarlierReadingAsync(CancellationToken cancel) => Task.FromResult(default(EarlierReading));

    /// <summary>Why the source cannot be read right now, as a sentence for the operator. Null if it can. Thread-safe.</summary>
    string? Trouble => null;

    /// <summary>
    /// Why event time waits although the source can be read, since when, and how the wait ends, for the operator. Null if event time
    /// does not wait, or waits for less than a noticeable time. Thread-safe.
    /// </summary>
    string? Delay => null;

    /// <summary>How far partitions have been read. Asks nobody outside the process. Thread-safe.</summary>
    IReadOnlyList<PartitionProgress> Progress => [];

    /// <summary>What the source counts: always the same names, in the same order. Thread-safe.</summary>
    IReadOnlyList<SourceCount> Counts => [];

    /// <summary>
    /// Tells the source that the positions are committed, so views before them will not be read again. Called between two batches, or
    /// concurrently with a batch. Serves outside tools (consumer-group offsets). Never needed for correctness.
    /// </summary>
    void Committed(IReadOnlyDictionary<string, string> positions)
    {
    }
}

namespace Rx.Alerting.Core.Views;

/// <summary>A stream of views in partitions.</summary>
public interface IViewSource
{
    /// <summary>
    /// Reads from <paramref name="positions"/> (by partition; a partition without one starts where the source's options
    /// say). Cold: reading starts on subscription and stops on disposal. Batches are pushed from one thread at a time, and
    /// the next one is not pushed before <c>OnNext</c> has returned, which is the source's backpressure. Completes when
    /// every partition has finished; fails when the source cannot go on.
    /// </summary>
    /// <param name="positions">The <see cref="ViewBatch.Position"/> of the last batch that counts, by partition.</param>
    /// <param name="gate">Which partitions to read just now.</param>
    /// <remarks>
    /// Every partition is announced by an empty active batch before its first views, also on resuming: one that is not
    /// known cannot hold the watermark back. Every batch has a position, but one that finishes a partition for good, so that it can be forgotten; the views behind it are exactly those that a reading from
    /// that position does not give. A partition with nothing more to read just now is told idle by a (possibly empty) batch; one that is
    /// paused is not, so one that was idle is told active by an empty batch when its gate closes, and idle again once it has been read to its end: what
    /// comes meanwhile would be late if others ran past it. A closed partition finishes.
    /// </remarks>
    IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate);

    /// <summary>What a reading without positions reads, as a clause for people: whether views are read again.</summary>
    string Beginning => "views are read from where the options of the source say";

    /// <summary>Whether the stream itself knows that its views were read before, under the name that the source has there. Asked where there is no checkpoint; never for correctness.</summary>
    /// <param name="cancel">Gives up.</param>
    Task<EarlierReading> FindEarlierReadingAsync(CancellationToken cancel) => Task.FromResult(default(EarlierReading));

    /// <summary>What keeps it from reading just now, for people; null: nothing that it knows of. Any thread may ask.</summary>
    string? Trouble => null;

    /// <summary>
    /// Why event time waits although the source can be read, for how long already, and what ends it; for people. Null: it waits for nothing, or not noticeably
    /// long. Any thread may ask.
    /// </summary>
    string? Delay => null;

    /// <summary>
    /// The positions are committed: views before them will not be asked for again. Called between two batches or beside them, for
    /// what outside tools look at (consumer-group offsets), never for correctness.
    /// </summary>
    void Committed(IReadOnlyDictionary<string, string> positions)
    {
    }
}

namespace Rx.Alerting.Core.Views;

/// <summary>
/// Shares the partitions of a stream among processes. The stream must be keyed by property. Each process runs one pipeline for each
/// partition that is assigned to the process. The stream's own protocol (Kafka's consumer groups) decides the assignment.
/// </summary>
public interface IPartitionAssignments
{
    /// <summary>
    /// Why this process cannot take part, or a source cannot be read, right now; else null. Otherwise as <see cref="IViewSource.Trouble"/>.
    /// </summary>
    string? Trouble => null;

    /// <summary>Why the event time of a pipeline in this process waits; else null. Otherwise as <see cref="IViewSource.Delay"/>.</summary>
    string? Delay => null;

    /// <summary>The progress of the partitions of this process. Otherwise as <see cref="IViewSource.Progress"/>.</summary>
    IReadOnlyList<PartitionProgress> Progress => [];

    /// <inheritdoc cref="IViewSource.Counts"/>
    IReadOnlyList<SourceCount> Counts => [];

    /// <summary>
    /// A text for the operator that names the group of processes that share the partitions. The text is the same in all processes of the
    /// group, and different in every other process. Null if the partitions are not shared.
    /// </summary>
    string? Membership => null;

    /// <summary>Whether a partition of that name is, or may be, one of this stream.</summary>
    bool Has(string partition);

    /// <summary>The longest time until this process hears that a partition was given to another process. Default 1 minute.</summary>
    TimeSpan HandOver => TimeSpan.FromMinutes(1);

    /// <summary>Takes part in the group until <paramref name="stop"/> is cancelled.</summary>
    /// <remarks>
    /// <list type="number">
    /// <item>A partition is assigned: <paramref name="run"/> is called for the partition.</item>
    /// <item>The partition is revoked or lost, or this process stops: the token of that call is cancelled.</item>
    /// <item>The task of that call ends, or takes too long: only then another process may get the partition.</item>
    /// </list>
    /// </remarks>
    /// <exception cref="Exception">The failure of the membership, or of a pipeline.</exception>
    Task RunAsync(RunPartition run, CancellationToken stop);
}

/// <summary>Runs the pipeline of one partition until the partition is revoked. Ends after the pipeline's last commit.</summary>
/// <param name="partition">The partition's name, the same in every process.</param>
/// <param name="source">Reads that partition only.</param>
/// <param name="revoked">Cancelled when the partition must be given up.</param>
public delegate Task RunPartition(string partition, IViewSource source, CancellationToken revoked);

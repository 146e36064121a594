namespace Rx.Alerting.Core.Views;

/// <summary>
/// Shares the partitions of a stream that is keyed by property among processes: one pipeline for each partition that is assigned
/// to this one. Who owns which is settled by the stream's own protocol (Kafka's consumer groups).
/// </summary>
public interface IPartitionAssignments
{
    /// <summary>What keeps this process from taking part, or a source from reading; as <see cref="IViewSource.Trouble"/>.</summary>
    string? Trouble => null;

    /// <summary>Why event time of a pipeline here waits; as <see cref="IViewSource.Delay"/>.</summary>
    string? Delay => null;

    /// <summary>
    /// As what this process shares the partitions, for people: the same in all processes that share them with this one, and another in all
    /// others. Null: nobody shares them.
    /// </summary>
    string? Membership => null;

    /// <summary>How long it may take until this process hears that a partition was given to another one. Default 1 minute.</summary>
    TimeSpan HandOver => TimeSpan.FromMinutes(1);

    /// <summary>
    /// Takes part until <paramref name="stop"/>: calls <paramref name="run"/> for each partition when it is assigned, cancels its token when
    /// it is revoked, lost, or at the stop, and lets others have it only when the task has ended, or has taken too long.
    /// </summary>
    /// <exception cref="Exception">Whatever made the membership, or a pipeline, fail.</exception>
    Task RunAsync(RunPartition run, CancellationToken stop);
}

/// <summary>Runs the pipeline of one partition until it is revoked; ends when the pipeline has committed.</summary>
/// <param name="partition">Its name, the same in every process.</param>
/// <param name="source">Reads that partition only.</param>
/// <param name="revoked">The partition is to be given up.</param>
public delegate Task RunPartition(string partition, IViewSource source, CancellationToken revoked);

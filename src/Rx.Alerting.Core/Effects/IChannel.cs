using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>Where effects go: the console, the incident board, later Slack and others.</summary>
/// <remarks>
/// Each pipeline has a courier for each channel. Calls for different pipelines may come at the same time, calls for one pipeline come one
/// after the other.
/// </remarks>
public interface IChannel
{
    /// <summary>Names the channel's cursor in checkpoints. Must stay the same.</summary>
    string Name { get; }

    /// <summary>
    /// A pipeline begins in this process, or begins anew. Comes before its first delivery, and again until it ends well. Comes again when
    /// effects had to leave the outbox before this channel had them.
    /// </summary>
    Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Delivers effects in order. If it throws, the effects come again later. After a crash they may come again, too, with the same
    /// <see cref="Effect.Id"/>.
    /// </summary>
    /// <param name="pipeline">Whose effects they are.</param>
    /// <param name="effects">At least one. All are committed.</param>
    /// <param name="cancel">The delivery takes too long, or the pipeline stops.</param>
    /// <returns>How many of the effects were delivered, at least one. The others come again at once.</returns>
    Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel);

    /// <summary>The pipeline does not run in this process any more, and may run in another one.</summary>
    void End(string pipeline)
    {
    }
}

/// <summary>What a channel is told when a pipeline begins.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Epoch">Grows with every owner of the pipeline.</param>
/// <param name="History">The latest state of each incident of the pipeline that is kept.</param>
public sealed record ChannelBeginning(string Pipeline, long Epoch, IReadOnlyList<Incident> History)
{
    /// <summary>The first moment that the pipeline has not decided yet. Null: before the first view.</summary>
    public DateTimeOffset? EventTime { get; init; }
}

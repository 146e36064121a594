using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Pages.Pipelines;

/// <summary>
/// Gathers what is known of the pipelines of this process, for the page and for the API. It has what the service keeps anyway: a pipeline
/// is never asked, so nothing slows it.
/// </summary>
internal sealed class PipelineLook(
    PipelineStatus status,
    WatchedStream stream,
    LatestCommits commits,
    LatestDeliveries deliveries,
    LatestCommands commands,
    LateNotifications late,
    TimeProvider clock)
{
    /// <param name="scope">What the reader may see.</param>
    /// <param name="state">Of the data, as the reader may see it.</param>
    /// <param name="most">The most partitions.</param>
    public PipelineDetail Look(PropertyScope scope, DataState state, int most)
    {
        var latest = status.Latest;
        var names = latest.Keys.Order(StringComparer.Ordinal).ToList();
        var partitions = PartitionLines.Of(stream, latest);
        return new()
        {
            Warnings = [.. Warnings(latest)],
            Pipelines = [.. names.Select(name => Line(name, latest[name], state))],
            Partitions = [.. partitions.Take(most)],
            AllPartitions = partitions.Count,
            IsWhole = scope.IsAll,
            IsShared = stream.IsShared,
            NotCounted = scope.IsAll
                ? NotCountedWords.Of([.. names.Select(name => (latest[name], status.Beginning(name)))], status.Samples.Latest)
                : [],
            Outbox =
            [
                .. from name in names
                   from channel in latest[name].Channels.OrderBy(channel => channel.Channel, StringComparer.Ordinal)
                   let latestOf = deliveries.Of(name, channel.Channel)
                   select new OutboxLine(name, channel.Channel, channel.Effects, latestOf, late.Of(channel.Channel)),
            ],
            Commands = scope.IsAll ? commands.Latest : [],
        };
    }

    /// <summary>What was not counted by one pipeline. Empty for readers who do not see all.</summary>
    public IReadOnlyList<NotCounted> NotCounted(string pipeline, PropertyScope scope) =>
        scope.IsAll && status.Latest.TryGetValue(pipeline, out var now)
            ? NotCountedWords.Of(
                [(now, status.Beginning(pipeline))], [.. status.Samples.Latest.Where(sample => sample.Pipeline == pipeline)])
            : [];

    private PipelineLine Line(string name, PipelineStatistics now, DataState state)
    {
        var said = now switch
        {
            { Paused: not null } => PipelineState.Paused,
            { Watermark: null } => PipelineState.Waiting,
            { IsIdle: true } => PipelineState.Idle,
            _ when state.StandsStill > DataStates.Still => PipelineState.Stalled,
            _ => PipelineState.Reading,
        };
        var behind = state.IsSimulated || now.IsIdle || now.Watermark is not { } reached ? (TimeSpan?)null : clock.GetUtcNow() - reached;
        return new(name, now, said, behind, commits.Of(name));
    }

    private IEnumerable<string> Warnings(IReadOnlyDictionary<string, PipelineStatistics> latest)
    {
        if (latest.Count == 0)
            yield return "No pipeline runs in this process, so it reads nothing, and finds nothing.";
        foreach (var (name, now) in latest.OrderBy(pipeline => pipeline.Key, StringComparer.Ordinal))
        {
            if (now.Paused is { } pause)
            {
                var why = pause.Comment is { } comment ? $": {IncidentWords.Printable(comment)}" : string.Empty;
                yield return $"{name} is paused, by {IncidentWords.Printable(pause.By)}{why}. Nothing is read, so nothing can be found.";
            }

            if (PartitionLines.IsHeld(now, out var ahead))
            {
                var holding = now.Partitions.Where(partition => PartitionLines.IsHolding(partition, now))
                    .Select(partition => partition.Partition).ToList();
                var more = holding.Count > 3 ? $" and {holding.Count - 3} more" : string.Empty;
                var what = ahead is { } far
                    ? $"others are {IncidentWords.Lasting(far)} further, and their incidents are found that much later."
                    : "it has too few views to tell its event time, and nothing is decided before.";
                yield return $"Event time of {name} waits for {string.Join(", ", holding.Take(3))}{more}: {what}";
            }

            if (now.Fast is { } fast)
            {
                yield return $"The clock of {IncidentWords.Printable(fast.Name)} is {IncidentWords.Lasting(fast.Ahead)} fast: "
                    + "its views are decided that much later.";
            }

            if (commits.Of(name)?.Problem is { } problem)
                yield return $"{name} cannot commit, so what it finds is told to nobody yet: {problem}.";
        }
    }
}

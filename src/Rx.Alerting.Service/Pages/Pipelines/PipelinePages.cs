using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Pages.Pipelines;

/// <summary>
/// Answers requests for the page of the pipelines. It has what the service keeps anyway: a pipeline is never asked, so nothing slows it.
/// </summary>
internal sealed class PipelinePages(
    PageFrames frames,
    PipelineStatus status,
    WatchedStream stream,
    LatestCommits commits,
    LatestDeliveries deliveries,
    LatestCommands commands,
    LateNotifications late,
    TimeProvider clock)
{
    private const int MostPartitions = 100;

    public Task ShowAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return Task.CompletedTask;
        var frame = frames.Of(context, "Pipeline") with { RefreshSeconds = 5 };
        var detail = Look(context.Caller().Scope, frame.State);
        return frames.Renderer.WriteAsync<PipelinePage>(
            context, StatusCodes.Status200OK, new() { ["Frame"] = frame, ["Detail"] = detail });
    }

    private PipelineDetail Look(PropertyScope scope, DataState state)
    {
        var latest = status.Latest;
        var names = latest.Keys.Order(StringComparer.Ordinal).ToList();
        var partitions = PartitionLines.Of(stream, latest);
        return new()
        {
            Warnings = [.. Warnings(latest)],
            Pipelines = [.. names.Select(name => Line(name, latest[name], state))],
            Partitions = [.. partitions.Take(MostPartitions)],
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

    private PipelineLine Line(string name, PipelineStatistics now, DataState state)
    {
        var said = now switch
        {
            { Paused: not null } => "rests",
            { Watermark: null } => "waits for the first view",
            { IsIdle: true } => "read to its end",
            _ when state.StandsStill > DataStates.Still => "stands still",
            _ => "reads",
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
                yield return $"{name} rests, by {IncidentWords.Printable(pause.By)}{why}. Nothing is read, so nothing can be found.";
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

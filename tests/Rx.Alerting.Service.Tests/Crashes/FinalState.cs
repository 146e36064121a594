using System.Text.Json;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The final state of a pipeline in its store. Two runs over the same views must have the same final state.</summary>
/// <param name="Counts">Numbers of views, errors, late and rejected views, titles, and open incidents; late views by property.</param>
/// <param name="Incidents">The latest state of each incident, as JSON, by id.</param>
/// <param name="Rates">Windows and learned error rates of each property and title, encoded, by key.</param>
/// <param name="Views">Number of views counted.</param>
/// <param name="IsAtRest">Whether event time is complete: every partition has been told idle at its end.</param>
internal sealed record FinalState(string Counts, IReadOnlyList<string> Incidents, IReadOnlyList<string> Rates, long Views, bool IsAtRest)
{
    public static async Task<FinalState> ReadAsync(RedisOptions redis, string pipeline)
    {
        await using var store = new RedisCheckpointStore(redis);
        return await ReadAsync(store, pipeline);
    }

    /// <summary>Whether every pipeline in a store is at rest.</summary>
    public static async Task<bool> AreAtRestAsync(RedisOptions redis)
    {
        await using var store = new RedisCheckpointStore(redis);
        foreach (var pipeline in await store.ListAsync(TestContext.Current.CancellationToken))
        {
            if (!(await ReadAsync(store, pipeline)).IsAtRest)
                return false;
        }

        return true;
    }

    /// <summary>Fails with the first difference.</summary>
    public void AssertIs(FinalState expected)
    {
        Assert.Equal(expected.Counts, Counts);
        Assert.Equal(expected.Incidents, Incidents);
        Assert.Equal(expected.Rates, Rates);
    }

    private static async Task<FinalState> ReadAsync(RedisCheckpointStore store, string pipeline)
    {
        using var snapshot = await store.SnapshotAsync(pipeline, TestContext.Current.CancellationToken);
        var entries = new List<StateEntry>();
        await foreach (var chunk in snapshot?.Chunks ?? AsyncEnumerable.Empty<IReadOnlyList<StateEntry>>())
            entries.AddRange(chunk);

        var options = new Settings().Pipeline;
        using var state = new DetectionPipeline(options, entries, tracksChanges: true);
        var history = state.History.OrderBy(incident => incident.Id, StringComparer.Ordinal);
        var lag = options.EventTime.MaximumOutOfOrderness + TimeSpan.FromMilliseconds(1);
        return new(
            // Whether a partition was told idle depends on when the process stopped.
            JsonSerializer.Serialize(state.Statistics with
            {
                IsIdle = false,
                Partitions = [.. state.Statistics.Partitions.Select(partition => partition with { IsIdle = false })],
            }),
            [.. history.Select(incident => JsonSerializer.Serialize(incident, IncidentJson.Readable.Incident))],
            [.. entries.Where(entry => entry.Key.Section is StateSections.Properties or StateSections.Titles)
                .Select(entry => $"{entry.Key.Section} {entry.Key.High:x16} {entry.Key.Low:x16} {Convert.ToHexString(entry.Value.Span)}")
                .Order(StringComparer.Ordinal)],
            state.Statistics.Views,
            state.Statistics.Watermark == state.Statistics.NewestEventTime - lag);
    }
}

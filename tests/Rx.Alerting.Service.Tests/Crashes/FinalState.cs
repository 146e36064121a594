using System.Text.Json;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>What a pipeline has come to, as its store has it: what two runs over the same views must have in common.</summary>
/// <param name="Counts">Views, errors, late and rejected ones, titles, open incidents; late ones by property.</param>
/// <param name="Incidents">Every incident's latest state, as JSON, by id.</param>
/// <param name="Rates">Every property's and title's windows and learned error rates, encoded, by key.</param>
/// <param name="Views">Views counted.</param>
/// <param name="IsAtRest">Whether event time is as complete as it becomes: every partition has told that it is at its end.</param>
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

    /// <summary>Fails with the first thing that is not as expected.</summary>
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
        return new(
            // Whether a partition was told idle depends on when the process stopped.
            JsonSerializer.Serialize(state.Statistics with { IsIdle = false }),
            [.. state.History.OrderBy(incident => incident.Id, StringComparer.Ordinal).Select(incident => JsonSerializer.Serialize(incident, IncidentJson.Readable.Incident))],
            [.. entries.Where(entry => entry.Key.Section is StateSections.Properties or StateSections.Titles)
                .Select(entry => $"{entry.Key.Section} {entry.Key.High:x16} {entry.Key.Low:x16} {Convert.ToHexString(entry.Value.Span)}")
                .Order(StringComparer.Ordinal)],
            state.Statistics.Views,
            state.Statistics.Watermark == state.Statistics.NewestEventTime - options.EventTime.MaximumOutOfOrderness - TimeSpan.FromMilliseconds(1));
    }
}

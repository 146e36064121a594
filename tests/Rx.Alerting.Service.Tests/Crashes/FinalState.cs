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
internal sealed record FinalState(string Counts, IReadOnlyList<string> Incidents, IReadOnlyList<string> Rates, long Views)
{
    public static async Task<FinalState> ReadAsync(RedisOptions redis, string pipeline)
    {
        await using var store = new RedisCheckpointStore(redis);
        var entries = new List<StateEntry>();
        CheckpointHead? head;
        do
        {
            head = await store.FindAsync(pipeline, TestContext.Current.CancellationToken);
            entries.Clear();
            foreach (var section in StateSections.All)
            {
                await foreach (var chunk in store.ReadAsync(pipeline, section, TestContext.Current.CancellationToken))
                    entries.AddRange(chunk);
            }
        }
        while (head != await store.FindAsync(pipeline, TestContext.Current.CancellationToken));

        using var state = new DetectionPipeline(new Settings().Pipeline, entries, tracksChanges: true);
        return new(
            JsonSerializer.Serialize(state.Statistics),
            [.. state.History.OrderBy(incident => incident.Id, StringComparer.Ordinal).Select(incident => JsonSerializer.Serialize(incident, IncidentJson.Readable.Incident))],
            [.. entries.Where(entry => entry.Key.Section is StateSections.Properties or StateSections.Titles)
                .Select(entry => $"{entry.Key.Section} {entry.Key.High:x16} {entry.Key.Low:x16} {Convert.ToHexString(entry.Value.Span)}")
                .Order(StringComparer.Ordinal)],
            state.Statistics.Views);
    }

    /// <summary>Fails with the first thing that is not as expected.</summary>
    public void AssertIs(FinalState expected)
    {
        Assert.Equal(expected.Counts, Counts);
        Assert.Equal(expected.Incidents, Incidents);
        Assert.Equal(expected.Rates, Rates);
    }
}

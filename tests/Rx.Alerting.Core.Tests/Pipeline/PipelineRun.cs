using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Runs a pipeline over views, and keeps the changes of incidents.</summary>
internal static class PipelineRun
{
    public static IReadOnlyList<IncidentChange> Of(IEnumerable<TestView> views, PipelineOptions? options = null, int batch = 4096) =>
        Of(views.Chunk(batch).Select(chunk => TestBatches.Of("p", chunk)), options);

    public static IReadOnlyList<IncidentChange> Of(IEnumerable<ViewBatch> batches, PipelineOptions? options = null)
    {
        using var pipeline = new DetectionPipeline(options ?? new PipelineOptions());
        var changes = new List<IncidentChange>();
        using var _ = pipeline.Changes.Subscribe(changes.Add);
        foreach (var batch in batches)
            pipeline.OnNext(batch);
        pipeline.OnCompleted();
        return changes;
    }

    /// <summary>The changes that people are told of: figures alone are only shown.</summary>
    public static IReadOnlyList<IncidentChange> Told(IEnumerable<IncidentChange> changes) =>
        [.. changes.Where(change => change.Transition != IncidentTransition.Refreshed)];

    /// <summary>The last state of every incident, in the order in which they opened.</summary>
    public static IReadOnlyList<Incident> Final(IEnumerable<IncidentChange> changes) =>
        [.. changes.GroupBy(change => change.Incident.Id).Select(group => group.Last().Incident).OrderBy(incident => incident.StartedAt)];

    public static string Json(IEnumerable<IncidentChange> changes) =>
        string.Join('\n', changes.Select(change => JsonSerializer.Serialize(change, IncidentJson.Readable.IncidentChange)));
}

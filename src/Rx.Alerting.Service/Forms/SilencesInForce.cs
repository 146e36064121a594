using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Forms;

/// <summary>The silences and maintenance windows that mute incidents, by their ids, as far as the reader may see them.</summary>
public sealed class SilencesInForce
{
    private readonly Dictionary<string, SilenceSummary> byId;

    private SilencesInForce(Dictionary<string, SilenceSummary> byId) => this.byId = byId;

    public static SilencesInForce None { get; } = new([]);

    /// <param name="pipelines">Of this process.</param>
    /// <param name="scope">What the reader may see.</param>
    internal static SilencesInForce Of(IEnumerable<PipelineStatistics> pipelines, PropertyScope scope) => new(pipelines
        .SelectMany(pipeline => pipeline.Silences).Where(silence => SilenceList.IsSeen(silence, scope))
        .DistinctBy(silence => silence.Id, StringComparer.Ordinal).ToDictionary(silence => silence.Id, StringComparer.Ordinal));

    /// <summary>Of these ids those that are known, the one that ends last first: it decides how long nobody is told.</summary>
    public IReadOnlyList<SilenceSummary> Find(IEnumerable<string> ids) =>
        [.. ids.Select(id => byId.GetValueOrDefault(id)).OfType<SilenceSummary>().OrderByDescending(silence => silence.EndsAt)];
}

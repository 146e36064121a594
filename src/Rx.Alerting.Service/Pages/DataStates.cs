using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Pages;

/// <summary>Gathers what the service knows of its own state.</summary>
internal sealed class DataStates(
    PipelineHealth health,
    PipelineStatus status,
    AnswerNotice notice,
    BoardMirror board,
    WatchedStream stream,
    LateNotifications late,
    Settings settings,
    TimeProvider clock)
{
    /// <summary>Event time that stands still for longer is told.</summary>
    internal static readonly TimeSpan Still = TimeSpan.FromMinutes(1);

    /// <summary>The event time that has been reached.</summary>
    public DateTimeOffset? Now => new[] { status.Reached, board.LatestUpdate }.Max();

    /// <param name="scope">What the reader may see.</param>
    public DataState Look(PropertyScope scope)
    {
        var isSimulated = settings.Source.Kind == SourceKind.Simulation && stream.Kind == "simulation";
        var (isReady, said) = (health.IsReady, health.Description.Split("; "));
        var still = status.StandsStill;
        var sentences = new List<string>();
        var waiting = scope.IsAll ? said[0] : said[0].Split(':')[0];
        if (!isReady)
            sentences.Add($"The service is not ready ({waiting}): incidents may be missing or old.");
        var troubles = said.Skip(1).Concat(notice.Text?.Split("; ") ?? []).Select(IncidentWords.Printable).ToList();
        if (scope.IsAll)
            sentences.AddRange(troubles);
        else if (isReady && troubles.Count > 0)
            sentences.Add("Incidents may be missing or old."); // Troubles name files, hosts and pipelines.
        var untold = late.Sentences().ToList();
        if (scope.IsAll)
            sentences.AddRange(untold);
        else if (untold.Count > 0)
            sentences.Add("People are not told in time."); // How many wait tells of others' incidents.
        if (still > Still)
            sentences.Add($"No news for {IncidentWords.Lasting(still.Value)}: event time stands still, so nothing can be found.");
        var behind = isSimulated || status.Reached is not { } reached ? (TimeSpan?)null : clock.GetUtcNow() - reached;
        var latest = status.Latest.Values;
        return new(
            !isReady ? TrustLevel.NotReady : sentences.Count > 0 ? TrustLevel.Doubtful : TrustLevel.Well,
            [.. sentences.Distinct(StringComparer.OrdinalIgnoreCase)],
            scope.IsAll ? latest.Sum(pipeline => pipeline.Views) : null,
            stream.Description,
            isSimulated,
            behind,
            still);
    }
}

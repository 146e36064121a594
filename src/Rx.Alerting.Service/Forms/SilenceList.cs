using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Forms;

/// <summary>The silences and maintenance windows that the pipelines of this process know, as far as the reader may see them.</summary>
public sealed record SilenceList
{
    /// <summary>More are counted, and not listed.</summary>
    public const int Most = 200;

    /// <summary>In force, those that end first.</summary>
    public required IReadOnlyList<SilenceSummary> Active { get; init; }

    /// <summary>Yet to begin, those that begin first.</summary>
    public required IReadOnlyList<SilenceSummary> Coming { get; init; }

    /// <summary>The latest that have ended, the latest first.</summary>
    public required IReadOnlyList<EndedSilence> Ended { get; init; }

    /// <summary>What titles are called that silences name by their ids, by id, where an incident that is kept tells it.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    /// <summary>What a silence is about, in words.</summary>
    internal string Words(SilenceSummary silence) => SilenceWords.Matcher(
        silence.Matcher, silence.Matcher.Title is { } title ? Titles.GetValueOrDefault(title) : null);

    /// <summary>Whether a pipeline runs in this process. Else nothing is known here.</summary>
    public required bool IsKnown { get; init; }

    /// <param name="pipelines">Of this process. Each of them has its silences; most are the same.</param>
    /// <param name="scope">What the reader may see.</param>
    internal static SilenceList Of(IReadOnlyCollection<PipelineStatistics> pipelines, PropertyScope scope)
    {
        var seen = pipelines.SelectMany(pipeline => pipeline.Silences)
            .Where(silence => IsSeen(silence, scope)).DistinctBy(silence => silence.Id).ToList();
        var going = seen.Select(silence => silence.Id).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Active = [.. seen.Where(silence => silence.IsActive).OrderBy(silence => silence.EndsAt)],
            Coming = [.. seen.Where(silence => !silence.IsActive).OrderBy(silence => silence.StartsAt)],
            Ended =
            [
                .. pipelines.SelectMany(pipeline => pipeline.EndedSilences)
                    .Where(ended => IsSeen(ended.Silence, scope) && !going.Contains(ended.Silence.Id))
                    .DistinctBy(ended => ended.Silence.Id).OrderByDescending(ended => ended.At),
            ],
            IsKnown = pipelines.Count > 0,
        };
    }

    /// <summary>The same, with the texts of titles.</summary>
    /// <param name="incidents">Those that the reader may see.</param>
    internal SilenceList Named(IReadOnlyCollection<Incident> incidents)
    {
        var wanted = Active.Concat(Coming).Concat(Ended.Select(ended => ended.Silence))
            .Select(silence => silence.Matcher.Title).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var incident in wanted.Count == 0 ? [] : incidents)
        {
            if (incident is { VideoId: { } id, VideoTitle: { } text } && text != id && wanted.Contains(id))
                found[id] = text;
        }

        return this with { Titles = found };
    }

    /// <summary>A silence of others names what the reader must not know. So does a pattern, which may fit others, too.</summary>
    internal static bool IsSeen(SilenceSummary silence, PropertyScope scope) =>
        scope.IsAll || (silence.Matcher.Property is { } property && scope.Has(property) && !property.AsSpan().ContainsAny('*', '?'));
}

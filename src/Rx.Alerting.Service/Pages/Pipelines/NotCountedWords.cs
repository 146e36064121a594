using System.Text.Json;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Pages.Pipelines;

/// <summary>Why records were not counted, in words, with their numbers.</summary>
internal static class NotCountedWords
{
    private static readonly (string Name, string Words, Func<PipelineStatistics, long> Count)[] Reasons =
    [
        ("late", "late: the view came after its time was decided", one => one.Late),
        .. Enum.GetValues<RejectionReason>().Where(reason => reason != RejectionReason.None).Select(reason => (
            JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()),
            Words(reason),
            (Func<PipelineStatistics, long>)(one => one.Rejected[(int)reason]))),
    ];

    /// <summary>Reasons that have occurred, the most frequent first.</summary>
    public static IReadOnlyList<NotCounted> Of(
        IReadOnlyCollection<(PipelineStatistics Now, PipelineStatistics? Beginning)> pipelines, IReadOnlyList<RecordSample> samples) =>
    [
        .. from reason in Reasons
           let count = pipelines.Sum(pipeline => reason.Count(pipeline.Now))
           where count > 0
           orderby count descending
           let before = pipelines.Sum(pipeline => pipeline.Beginning is { } beginning ? reason.Count(beginning) : 0)
           select new NotCounted(
               reason.Name, reason.Words, count, count - before, [.. samples.Where(sample => sample.Reason == reason.Name)]),
    ];

    private static string Words(RejectionReason reason) => reason switch
    {
        RejectionReason.Malformed => "malformed: it does not have its format",
        RejectionReason.Tombstone => "tombstone: it deletes an earlier record",
        RejectionReason.TooLong => "too long",
        RejectionReason.MissingProperty => "it names no property",
        RejectionReason.MissingEventTime => "it has no event time",
        RejectionReason.InvalidEventTime => "its event time cannot be read, or is impossible",
        RejectionReason.FarFuture => "its event time is in the future",
        _ => reason.ToString(),
    };
}

using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Replay;

/// <summary>Keeps the first records that were not counted, so that people can see what is wrong with them.</summary>
internal sealed class ReplaySamples(int shownPerReason)
{
    private const int MaximumLength = 100;

    private readonly List<DeadLetter> letters = [];

    public bool Any => letters.Count > 0;

    public void Apply(DeadLetter letter)
    {
        if (letters.Count(other => other.Reason == letter.Reason) < shownPerReason)
            letters.Add(letter);
    }

    /// <summary>A line for each kept record, grouped by reason, in the order of the records.</summary>
    public IEnumerable<string> Lines() => letters.GroupBy(letter => letter.Reason).SelectMany(reason => reason).Select(Line);

    private static string Line(DeadLetter letter)
    {
        var time = letter.EventTime is { } eventTime ? $"{IncidentWords.Time(eventTime)} " : string.Empty;
        var sample = IncidentWords.Printable(letter.Sample);
        var shown = sample.Length > MaximumLength ? string.Concat(sample.AsSpan(0, MaximumLength), "…") : sample;
        return $"  {letter.Reason.Replace('_', ' ')}, {letter.Partition}: {time}{shown}";
    }
}

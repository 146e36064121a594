using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>A record, or a late view, that was not counted.</summary>
/// <param name="Pipeline">Which has read it.</param>
/// <param name="Partition">Where it was read from.</param>
/// <param name="Reason">Why, in snake case.</param>
/// <param name="ReadAt">When, by this machine's clock.</param>
/// <param name="EventTime">When the view ended. Null: not known.</param>
/// <param name="Text">The beginning of the record, printable.</param>
public sealed record RecordSample(
    string Pipeline, string Partition, string Reason, DateTimeOffset ReadAt, DateTimeOffset? EventTime, string Text);

/// <summary>Keeps the latest samples of each reason, for people. Thread-safe.</summary>
internal sealed class RecordSamples(TimeProvider clock)
{
    private const int OfReason = 3, MostLetters = 300;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Pipeline, string Reason), Queue<RecordSample>> latest = [];

    /// <summary>All that are kept, the latest first.</summary>
    public IReadOnlyList<RecordSample> Latest
    {
        get
        {
            lock (gate)
                return [.. latest.Values.SelectMany(samples => samples).OrderByDescending(sample => sample.ReadAt)];
        }
    }

    /// <param name="pipeline">Which has read it.</param>
    /// <param name="letter">What was not counted.</param>
    /// <param name="text">What is said of it.</param>
    public void Take(string pipeline, DeadLetter letter, string text)
    {
        var shown = IncidentWords.Cut(text, MostLetters);
        lock (gate)
        {
            if (!latest.TryGetValue((pipeline, letter.Reason), out var samples))
                latest[(pipeline, letter.Reason)] = samples = new();
            samples.Enqueue(new(pipeline, letter.Partition, letter.Reason, clock.GetUtcNow(), letter.EventTime, shown));
            if (samples.Count > OfReason)
                samples.Dequeue();
        }
    }

    /// <summary>The pipeline begins anew, or does not run here any more.</summary>
    public void Forget(string pipeline)
    {
        lock (gate)
        {
            foreach (var key in latest.Keys.Where(key => key.Pipeline == pipeline).ToList())
                latest.Remove(key);
        }
    }
}

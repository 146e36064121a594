namespace Rx.Alerting.Service.Api;

/// <summary>The streams of events that are open, in all and of each caller. None takes the places of all others. Thread-safe.</summary>
/// <param name="most">The most in all.</param>
internal sealed class EventPlaces(int most)
{
    /// <summary>One caller has at most this part of all streams.</summary>
    private const int Share = 4;

    private readonly int mostOfOne = Math.Max(1, most / Share);
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> byCaller = new(StringComparer.Ordinal);
    private int open;

    /// <summary>Takes a place. Whoever has one gives it back by <see cref="Free"/>.</summary>
    /// <param name="caller">Names who listens.</param>
    /// <returns>Why there is none, as a sentence; null: it is taken.</returns>
    public string? TryTake(string caller)
    {
        lock (gate)
        {
            var own = byCaller.GetValueOrDefault(caller);
            if (open >= most)
                return $"At most {most} streams of events may be open (Http:MaximumEventStreams).";
            if (own >= mostOfOne)
                return $"At most {mostOfOne} streams of events may be open of one caller: a quarter of Http:MaximumEventStreams.";
            open++;
            byCaller[caller] = own + 1;
            return null;
        }
    }

    public void Free(string caller)
    {
        lock (gate)
        {
            open--;
            if (--byCaller[caller] == 0)
                byCaller.Remove(caller);
        }
    }
}

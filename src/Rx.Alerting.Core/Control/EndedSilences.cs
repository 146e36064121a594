namespace Rx.Alerting.Core.Control;

/// <summary>
/// The silences that ended last, for people. It is not part of the state: nothing is decided by it, so it begins anew with the process.
/// </summary>
internal sealed class EndedSilences
{
    /// <summary>The most that are kept. The oldest go first.</summary>
    public const int Most = 50;

    private readonly Queue<EndedSilence> kept = new();
    private IReadOnlyList<EndedSilence>? latest;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<EndedSilence> Latest => latest ??= [.. kept.Reverse()];

    public void Add(EndedSilence ended)
    {
        if (kept.Count == Most)
            kept.Dequeue();
        kept.Enqueue(ended);
        latest = null;
    }
}

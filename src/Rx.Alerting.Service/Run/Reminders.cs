namespace Rx.Alerting.Service.Run;

/// <summary>When a trouble is logged: when it begins, when it has another reason, and once a minute while it lasts. Thread-safe.</summary>
/// <typeparam name="TKey">Of what has trouble.</typeparam>
internal sealed class Reminders<TKey>(TimeProvider clock)
    where TKey : notnull
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Trouble> troubles = [];

    /// <summary>What has trouble now.</summary>
    public IReadOnlyList<TKey> Keys
    {
        get
        {
            lock (gate)
                return [.. troubles.Keys];
        }
    }

    /// <summary>There is trouble. Whether it is to be logged now.</summary>
    /// <param name="key">What has it.</param>
    /// <param name="reason">Another reason is logged at once. Null: reasons are all the same.</param>
    public bool IsDue(TKey key, object? reason = null)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var isKnown = troubles.TryGetValue(key, out var known);
            if (isKnown && Equals(known.Reason, reason) && clock.GetElapsedTime(known.Told, now) < Interval)
                return false;
            troubles[key] = new(isKnown ? known.Since : now, now, reason);
            return true;
        }
    }

    /// <summary>The trouble is over.</summary>
    /// <returns>How long it lasted. Null: there was none.</returns>
    public TimeSpan? End(TKey key)
    {
        lock (gate)
            return troubles.Remove(key, out var over) ? clock.GetElapsedTime(over.Since) : null;
    }

    private readonly record struct Trouble(long Since, long Told, object? Reason);
}

using System.Collections.Concurrent;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Whether the pipelines of this process move while they have something to do. A pipeline that is one minute in the same step (a batch, a
/// command, a snapshot) hangs: no step waits for anything outside the process. A pipeline between two steps is well, whatever it waits
/// for. Thread-safe.
/// </summary>
/// <remarks>
/// The minute is counted in looks, not read from a clock. So a process that was stopped, or a machine that slept, is not taken for hanging.
/// </remarks>
internal sealed class Liveness(TimeProvider clock) : PeriodicService(TimeSpan.FromSeconds(5), clock)
{
    /// <summary>A pipeline hangs if it is found in one step so often.</summary>
    public const int Looks = 13;

    private readonly ConcurrentDictionary<string, Watched> pipelines = new(StringComparer.Ordinal);

    /// <summary>Why the process should be restarted, as a sentence. Null: all pipelines are well.</summary>
    public string? Problem
    {
        get
        {
            var stuck = pipelines.Where(one => one.Value.Seen >= Looks).Select(one => one.Key).Order(StringComparer.Ordinal).ToList();
            return stuck.Count == 0
                ? null
                : $"{string.Join(", ", stuck)} has been in one step of its own work for more than a minute, and does not move";
        }
    }

    /// <summary>Watches a pipeline until the result is disposed.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="step">The number of the step that is under way; 0: none.</param>
    public IDisposable Watch(string pipeline, Func<long> step)
    {
        var watched = new Watched(step);
        pipelines[pipeline] = watched;
        return new Registration(() => pipelines.TryRemove(KeyValuePair.Create(pipeline, watched)));
    }

    public override void LookAgain()
    {
        foreach (var watched in pipelines.Values)
            watched.Look();
    }

    private sealed class Watched(Func<long> step)
    {
        private long latest;
        private int seen;

        public int Seen => Volatile.Read(ref seen);

        public void Look()
        {
            var now = step();
            Volatile.Write(ref seen, now == 0 ? 0 : now == latest ? seen + 1 : 1);
            latest = now;
        }
    }

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

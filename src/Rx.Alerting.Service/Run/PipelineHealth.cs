using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>Whether the service is ready, and what it waits for. Thread-safe.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Reported as</term><description>Meaning</description></listheader>
/// <item><term>wait</term><description>The service is not ready before the wait ends.</description></item>
/// <item><term>trouble</term><description>Something does not work, and is tried again.</description></item>
/// <item><term>doubt</term><description>Something may be wrong. The service stays ready.</description></item>
/// </list>
/// </remarks>
internal sealed class PipelineHealth(WatchedStream stream)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> troubles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> doubts = new(StringComparer.Ordinal);
    private string? lag;
    private bool started;
    private bool hasState;
    private bool hasRead;

    /// <summary>Whether every pipeline of this process has its state and shows its incidents, and the source has been read once.</summary>
    public bool IsReady
    {
        get
        {
            var trouble = stream.Assignments.Trouble;
            lock (gate)
                return Judge(trouble);
        }
    }

    /// <summary>Whether every pipeline of this process has had its state once. It stays so.</summary>
    public bool HasStarted
    {
        get
        {
            var trouble = stream.Assignments.Trouble;
            lock (gate)
                return Judge(trouble) || hasState;
        }
    }

    /// <summary>What is further behind than it may be, as a clause. The service is not ready meanwhile. Null: nothing.</summary>
    public string? Lag
    {
        set
        {
            lock (gate)
                lag = value;
        }
    }

    /// <summary>One line: ready, or what the service waits for; then all troubles and doubts.</summary>
    public string Description
    {
        get
        {
            var (trouble, delay) = (stream.Assignments.Trouble, stream.Assignments.Delay);
            lock (gate)
            {
                IEnumerable<string> names = waiting.Count > 0 ? waiting.Order(StringComparer.Ordinal) : hasRead ? ["lag"] : ["source"];
                var state = !started ? "starting" : Judge(trouble) ? "ready" : $"waiting: {string.Join(", ", names)}";
                IEnumerable<string> said = [.. troubles.Values, .. new[] { trouble, delay, lag }.OfType<string>(), .. doubts.Values];
                return string.Join("; ", [state, .. said.Distinct()]);
            }
        }
    }

    /// <summary>What does not work, and is tried again. Answers may be old meanwhile.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (gate)
                return [.. troubles.Values.Distinct()];
        }
    }

    /// <summary>Sets a trouble, or ends it. The service stays ready.</summary>
    public void Trouble(string name, string? trouble)
    {
        lock (gate)
        {
            if (trouble is null)
                troubles.Remove(name);
            else
                troubles[name] = trouble;
        }
    }

    /// <summary>The service has begun to watch its source.</summary>
    public void Start()
    {
        lock (gate)
            started = true;
    }

    /// <summary>The service is not ready before this wait ends, such as for the state of a pipeline.</summary>
    public void Wait(string name)
    {
        lock (gate)
            waiting.Add(name);
    }

    /// <summary>The service is not ready before this wait ends: something does not work, and is tried again.</summary>
    public void Wait(string name, string trouble)
    {
        lock (gate)
        {
            waiting.Add(name);
            troubles[name] = trouble;
        }
    }

    /// <summary>Ends a wait and its trouble.</summary>
    public void Clear(string name)
    {
        lock (gate)
        {
            waiting.Remove(name);
            troubles.Remove(name);
        }
    }

    /// <summary>Sets a doubt. The service stays ready.</summary>
    /// <param name="name">The name of the doubt, such as the pipeline.</param>
    /// <param name="doubt">What may be wrong. Null if nothing is wrong any more.</param>
    public void Doubt(string name, string? doubt)
    {
        lock (gate)
        {
            if (doubt is null)
                doubts.Remove(name);
            else
                doubts[name] = doubt;
        }
    }

    /// <summary>Once the source has been read, the service stays ready, also if the source or the store cannot be reached later.</summary>
    private bool Judge(string? trouble)
    {
        hasRead |= started && waiting.Count == 0 && trouble is null;
        hasState |= started && waiting.Count == 0 && hasRead;
        return started && waiting.Count == 0 && hasRead && lag is null;
    }

    /// <summary>
    /// Takes a checkpoint event. A store that fails while a pipeline runs is a trouble. The service stays ready: views are read on, and
    /// incidents can be asked for.
    /// </summary>
    public void Take(CheckpointEvent value)
    {
        switch (value.Kind)
        {
            case CheckpointEventKind.Retrying or CheckpointEventKind.Rewriting:
                lock (gate)
                    troubles[value.Pipeline] = Trouble(value);
                break;
            case CheckpointEventKind.RolledBack:
                Wait(value.Pipeline);
                break;
            default:
                Clear(value.Pipeline);
                lock (gate)
                {
                    hasRead |= value.Kind == CheckpointEventKind.Committed;
                    hasState |= started && waiting.Count == 0;
                }

                break;
        }
    }

    private static string Trouble(CheckpointEvent value) => value switch
    {
        { Kind: CheckpointEventKind.Rewriting } =>
            $"the store does not hold what was committed ({value.What}); everything is committed anew",
        { Problem: { } problem } => problem.Message,
        _ => "the store does not answer",
    };
}

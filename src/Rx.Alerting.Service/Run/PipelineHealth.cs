using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>Whether the service does its work, and what it waits for if not. Any thread may call.</summary>
internal sealed class PipelineHealth
{
    private readonly Lock gate = new();
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> troubles = new(StringComparer.Ordinal);
    private bool started;

    /// <summary>False until every pipeline that runs here has its state, and the source can be read.</summary>
    public bool IsReady
    {
        get
        {
            lock (gate)
                return started && waiting.Count == 0;
        }
    }

    /// <summary>One line: ready, or what it waits for; with what does not work just now.</summary>
    public string Description
    {
        get
        {
            lock (gate)
            {
                var state = !started ? "starting" : waiting.Count == 0 ? "ready" : $"waiting: {string.Join(", ", waiting.Order(StringComparer.Ordinal))}";
                return string.Join("; ", [state, .. troubles.Values.Distinct()]);
            }
        }
    }

    /// <summary>The service has begun to watch its source.</summary>
    public void Start()
    {
        lock (gate)
            started = true;
    }

    /// <summary>Something must come before the service is ready: the state of a pipeline.</summary>
    public void Wait(string name)
    {
        lock (gate)
            waiting.Add(name);
    }

    /// <summary>Something does not work, and is tried again.</summary>
    public void Wait(string name, string trouble)
    {
        lock (gate)
        {
            waiting.Add(name);
            troubles[name] = trouble;
        }
    }

    /// <summary>Nothing is waited for under that name any more.</summary>
    public void Clear(string name)
    {
        lock (gate)
        {
            waiting.Remove(name);
            troubles.Remove(name);
        }
    }

    /// <summary>A store that fails while a pipeline runs is a trouble, and leaves the service ready: views are read on, and incidents can be asked for.</summary>
    public void Take(CheckpointEvent value)
    {
        switch (value.Kind)
        {
            case CheckpointEventKind.Retrying:
                lock (gate)
                    troubles[value.Pipeline] = value.Problem?.Message ?? "the store does not answer";
                break;
            case CheckpointEventKind.RolledBack:
                Wait(value.Pipeline);
                break;
            default:
                Clear(value.Pipeline);
                break;
        }
    }
}

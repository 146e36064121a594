using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>Whether the service does its work, and what it waits for if not. Any thread may call.</summary>
internal sealed class PipelineHealth(WatchedStream stream)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> troubles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> doubts = new(StringComparer.Ordinal);
    private bool started;
    private bool hasRead;

    /// <summary>False until every pipeline that runs here has its state, and the source has been read once.</summary>
    public bool IsReady
    {
        get
        {
            var trouble = stream.Assignments.Trouble;
            lock (gate)
                return Judge(trouble);
        }
    }

    /// <summary>One line: ready, or what it waits for; with what does not work just now.</summary>
    public string Description
    {
        get
        {
            var (trouble, delay) = (stream.Assignments.Trouble, stream.Assignments.Delay);
            lock (gate)
            {
                IEnumerable<string> names = waiting.Count == 0 ? ["source"] : waiting.Order(StringComparer.Ordinal);
                var state = !started ? "starting" : Judge(trouble) ? "ready" : $"waiting: {string.Join(", ", names)}";
                IEnumerable<string> said = [.. troubles.Values, .. new[] { trouble, delay }.OfType<string>(), .. doubts.Values];
                return string.Join("; ", [state, .. said.Distinct()]);
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

    /// <summary>What may be wrong with what a pipeline reads; null: nothing. It leaves the service ready.</summary>
    public void Doubt(string pipeline, string? doubt)
    {
        lock (gate)
        {
            if (doubt is null)
                doubts.Remove(pipeline);
            else
                doubts[pipeline] = doubt;
        }
    }

    /// <summary>A source that has been read leaves the service ready when it cannot be read any more, as a store does.</summary>
    private bool Judge(string? trouble)
    {
        hasRead |= started && waiting.Count == 0 && trouble is null;
        return started && waiting.Count == 0 && hasRead;
    }

    /// <summary>A store that fails while a pipeline runs is a trouble, and leaves the service ready: views are read on, and incidents can be asked for.</summary>
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
                    hasRead |= value.Kind == CheckpointEventKind.Committed;
                break;
        }
    }

    private static string Trouble(CheckpointEvent value) => value switch
    {
        { Kind: CheckpointEventKind.Rewriting } => $"the store does not hold what was committed ({value.What}); everything is committed anew",
        { Problem: { } problem } => problem.Message,
        _ => "the store does not answer",
    };
}

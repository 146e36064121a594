namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The order in which a process executes commands. What it executes again must keep the order of the first time.</summary>
internal sealed class ExecutionOrder
{
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private List<string> order = [];
    private string? latest;

    /// <summary>The pipeline begins, perhaps anew from an earlier place.</summary>
    /// <param name="known">What its state has, in order. The process may not have been given all of it.</param>
    public void Begin(IReadOnlyList<string> known) => (order, latest) = ([.. known, .. order.Except(known)], null);

    /// <summary>The process is given a command. If the state has lost it from an earlier process, it is a new one.</summary>
    public void Give(string command, bool isKnown)
    {
        if (given.Add(command) && !isKnown)
            order.Remove(command);
    }

    /// <summary>A command is executed.</summary>
    /// <returns>False if a command that came after it before was executed, since the pipeline has begun.</returns>
    public bool Take(string command)
    {
        if (!order.Contains(command))
            order.Add(command);
        var isInOrder = latest is null || order.IndexOf(latest) < order.IndexOf(command);
        latest = isInOrder ? command : latest;
        return isInOrder;
    }
}

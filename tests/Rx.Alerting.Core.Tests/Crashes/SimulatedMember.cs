using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The membership of one process in a group.</summary>
internal sealed class SimulatedMember(
    SimulatedGroup group, SimulatedProcess process, Func<string, SimulatedSource> read) : IPartitionAssignments
{
    private readonly List<SimulatedAssignment> taken = [];
    private RunPartition? run;

    public SimulatedProcess Process => process;

    public bool Has(string partition) => true;

    public async Task RunAsync(RunPartition run, CancellationToken stop)
    {
        this.run = run;
        group.Join(this);
        var stopped = new TaskCompletionSource();
        using (stop.Register(stopped.SetResult))
            await stopped.Task;
        taken.ForEach(assignment => assignment.Revoke());
        await Task.WhenAny(Task.WhenAll(taken.Select(assignment => assignment.Running)));
        group.Leave(this);
    }

    /// <summary>A partition is assigned to this process.</summary>
    public SimulatedAssignment Take(string partition)
    {
        var revoked = new CancellationTokenSource();
        var source = read(partition);
        var assignment = new SimulatedAssignment(partition, this, revoked, run!(partition, source, revoked.Token));
        process.MayCrash(CrashSite.Assigned, 100);
        taken.Add(assignment);
        return assignment;
    }
}

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A partition that is assigned to a process, and the partition's pipeline in that process.</summary>
internal sealed class SimulatedAssignment(string partition, SimulatedMember member, CancellationTokenSource revoked, Task running)
{
    public string Partition => partition;

    public SimulatedMember Member => member;

    public Task Running => running;

    public bool IsRevoked => revoked.IsCancellationRequested;

    public void Revoke()
    {
        revoked.Cancel();
        member.Process.MayCrash(CrashSite.Revoking, 40);
    }
}

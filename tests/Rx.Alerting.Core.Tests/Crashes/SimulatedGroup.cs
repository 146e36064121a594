using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A consumer group. It assigns each partition to one process, and sometimes moves a partition to another process.</summary>
/// <remarks>
/// A move has one of these forms:
/// <list type="bullet">
/// <item>The group waits for the last commit of the process before.</item>
/// <item>The group does not wait long enough for that commit.</item>
/// <item>The group takes the process before for dead, and tells that process of the move later.</item>
/// </list>
/// </remarks>
internal sealed class SimulatedGroup(IReadOnlyList<string> partitions, Func<string, bool> isFinished, SplitMix random)
{
    private readonly List<SimulatedMember> members = [];
    private readonly Dictionary<string, SimulatedAssignment> owners = [];
    private readonly List<SimulatedAssignment> lost = [];

    public bool IsFinished => partitions.All(isFinished);

    public bool HasMembers => members.Exists(CanTake);

    public void Join(SimulatedMember member) => members.Add(member);

    public void Leave(SimulatedMember member) => members.Remove(member);

    public void Step()
    {
        members.RemoveAll(member => member.Process.IsDead);
        SimulatedMember[] awake = [.. members.Where(CanTake)];
        if (awake.Length == 0)
            return;
        foreach (var partition in partitions)
        {
            if (IsFree(partition))
                owners[partition] = awake[random.Next(awake.Length)].Take(partition);
        }

        foreach (var late in lost.FindAll(_ => random.Next(30) == 0))
        {
            late.Revoke();
            lost.Remove(late);
        }
    }

    /// <summary>Takes a partition from its owner, without any reason.</summary>
    public void Rebalance()
    {
        if (!owners.TryGetValue(partitions[random.Next(partitions.Count)], out var owner))
            return;
        if (random.Next(3) == 0)
        {
            owners.Remove(owner.Partition);
            lost.Add(owner);
        }
        else
        {
            owner.Revoke();
        }
    }

    private static bool CanTake(SimulatedMember member) => member.Process is { IsAwake: true, Stopped.IsCancellationRequested: false };

    private bool IsFree(string partition)
    {
        if (!owners.TryGetValue(partition, out var owner))
            return !isFinished(partition);
        return owner.Running.IsCompleted
            ? !isFinished(partition)
            : !members.Contains(owner.Member) || (owner.IsRevoked && random.Next(20) == 0);
    }
}

using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// A consumer group: gives each partition to one process, and now and then to another one. It waits for the last commit of the one
/// before, or loses patience; or it takes that one for dead and tells it nothing until later.
/// </summary>
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

    /// <summary>Takes a partition from its owner, for no reason.</summary>
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

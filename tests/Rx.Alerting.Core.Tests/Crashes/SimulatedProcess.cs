using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A process: it can be killed, stopped in good order, or sleep while the others go on and take it for dead.</summary>
internal sealed class SimulatedProcess(Disturbances disturbances)
{
    private readonly CancellationTokenSource stop = new();
    private TaskCompletionSource? sleeping;

    /// <summary>Nothing of it has any effect any more.</summary>
    public bool IsDead { get; private set; }

    public bool IsAwake => !IsDead && sleeping is null;

    public CancellationToken Stopped => stop.Token;

    /// <summary>What it reads.</summary>
    public List<SimulatedReading> Readings { get; } = [];

    /// <summary>Lets one of its readings push a batch.</summary>
    public void Push(SplitMix random)
    {
        var subscribed = IsAwake ? Readings.FindAll(reading => reading.IsSubscribed) : [];
        if (subscribed.Count > 0)
            subscribed[random.Next(subscribed.Count)].Push();
    }

    public void Kill()
    {
        IsDead = true;
        Readings.Clear();
    }

    public void Stop()
    {
        stop.Cancel();
        MayCrash(CrashSite.Stopping, 3);
    }

    public void Sleep() => sleeping ??= new TaskCompletionSource();

    public void Wake()
    {
        var slept = sleeping;
        sleeping = null;
        slept?.SetResult();
    }

    public void MayCrash(CrashSite site, int oneIn)
    {
        if (!IsDead && disturbances.Crash(site, oneIn))
            Kill();
    }

    /// <summary>A call that leaves the process is at this site: it may end here for ever, fail, or take long.</summary>
    public async Task PassAsync(CrashSite site, int oneIn, CancellationToken cancel)
    {
        MayCrash(site, oneIn);
        await disturbances.SlowAsync(Math.Max(3, oneIn / 12), cancel);
        while (sleeping is { } sleep)
            await sleep.Task;
        if (IsDead)
            await new TaskCompletionSource().Task;
    }

    /// <exception cref="CheckpointStoreException">Now and then.</exception>
    public void MayFail(int oneIn)
    {
        if (disturbances.Fail(oneIn))
            throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The simulated store does not answer.");
    }

    /// <summary>Now and then a commit takes effect in part, and its caller does not know how it ended.</summary>
    /// <exception cref="CheckpointStoreException">It did.</exception>
    public void MayTear(int oneIn, Action tear)
    {
        if (!disturbances.Fail(oneIn))
            return;
        tear();
        throw new CheckpointStoreException(
            CheckpointStoreProblem.Unavailable, "The simulated store has taken a part, and does not answer.");
    }

    /// <summary>One of its pipelines writes everything anew.</summary>
    public void Rewrote() => disturbances.Rewrites++;

    /// <summary>Now and then a commit is given up, and takes effect, or is refused, some time later, when others may have followed it.</summary>
    /// <param name="oneIn">How often.</param>
    /// <param name="send">Gives what will happen in the store.</param>
    /// <exception cref="CheckpointStoreException">It was given up.</exception>
    public void MayLeaveBehind(int oneIn, Func<Func<Task>> send)
    {
        if (!disturbances.Fail(oneIn))
            return;
        _ = EndLaterAsync(send());
        throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The simulated store has not answered in time.");
    }

    private async Task EndLaterAsync(Func<Task> commit)
    {
        await disturbances.LateAsync();
        try
        {
            await commit();
        }
        catch (Exception refused) when (
            refused is OwnershipLostException or CheckpointRolledBackException or CheckpointStoreException
            {
                Problem: CheckpointStoreProblem.Incomplete,
            })
        {
            // Nobody waits for it any more.
        }
    }
}

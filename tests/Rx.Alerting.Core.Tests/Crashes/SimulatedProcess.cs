using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// A process. It can be killed, stopped in good order, or put to sleep. While a process sleeps, the other processes take it for dead.
/// </summary>
internal sealed class SimulatedProcess(Disturbances disturbances)
{
    private readonly CancellationTokenSource stop = new();
    private TaskCompletionSource? sleeping;

    /// <summary>The process is killed: none of its calls has any effect any more.</summary>
    public bool IsDead { get; private set; }

    public bool IsAwake => !IsDead && sleeping is null;

    public CancellationToken Stopped => stop.Token;

    /// <summary>The sources that the process reads.</summary>
    public List<SimulatedSource> Sources { get; } = [];

    /// <summary>Lets one of the sources push a batch.</summary>
    public void Push(SplitMix random)
    {
        var subscribed = IsAwake ? Sources.FindAll(source => source.IsSubscribed) : [];
        if (subscribed.Count > 0)
            subscribed[random.Next(subscribed.Count)].Push();
    }

    public void Kill()
    {
        IsDead = true;
        Sources.Clear();
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

    /// <summary>
    /// A call that leaves the process passes a site. The process may be killed there, and the call may fail or take long.
    /// </summary>
    public async Task PassAsync(CrashSite site, int oneIn, CancellationToken cancel)
    {
        MayCrash(site, oneIn);
        await disturbances.SlowAsync(Math.Max(3, oneIn / 12), cancel);
        while (sleeping is { } sleep)
            await sleep.Task;
        await LiveAsync();
    }

    /// <summary>A call passes a site without a pause. The process may be killed there.</summary>
    public Task PassAtOnceAsync(CrashSite site, int oneIn)
    {
        MayCrash(site, oneIn);
        return LiveAsync();
    }

    /// <summary>Nothing goes on in a process that is dead.</summary>
    private Task LiveAsync() => IsDead ? new TaskCompletionSource().Task : Task.CompletedTask;

    /// <summary>Whether a call fails, as the seed decides.</summary>
    public bool Fails(int oneIn) => disturbances.Fail(oneIn);

    /// <exception cref="CheckpointStoreException">The call fails, as the seed decides.</exception>
    public void MayFail(int oneIn)
    {
        if (Fails(oneIn))
            throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The simulated store does not answer.");
    }

    /// <summary>Sometimes a commit takes effect in part, and its caller does not know the outcome.</summary>
    /// <exception cref="CheckpointStoreException">The commit took effect in part.</exception>
    public void MayTear(int oneIn, Action tear)
    {
        if (!disturbances.Fail(oneIn))
            return;
        tear();
        throw new CheckpointStoreException(
            CheckpointStoreProblem.Unavailable, "The simulated store has taken a part, and does not answer.");
    }

    /// <summary>A pipeline of the process writes everything anew.</summary>
    public void Rewrote() => disturbances.Rewrites++;

    /// <summary>
    /// Sometimes a commit is given up by its caller, and takes effect or is refused later, when other commits may have followed.
    /// </summary>
    /// <param name="oneIn">One in so many commits is given up.</param>
    /// <param name="send">Makes the call that the store will process later.</param>
    /// <exception cref="CheckpointStoreException">The commit was given up.</exception>
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
        catch (Exception refused) when (IsRefusal(refused))
        {
            // The caller does not wait for the outcome any more.
        }
    }

    private static bool IsRefusal(Exception failure) =>
        failure is OwnershipLostException or CheckpointRolledBackException
        || failure is CheckpointStoreException { Problem: CheckpointStoreProblem.Incomplete };
}

using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Decides by the seed which calls fail or are slow, and counts the failures.</summary>
internal sealed class Disturbances(SplitMix random, bool quiet)
{
    private readonly List<(int Due, TaskCompletionSource Slow)> waiting = [];
    private readonly int[] crashes = new int[Enum.GetValues<CrashSite>().Length];
    private int step;

    public int Faults { get; private set; }

    /// <summary>How often entries were gone, and their owner wrote everything anew.</summary>
    public int Rewrites { get; set; }

    /// <summary>How often entries were gone without an owner that had them, so that a restore was refused.</summary>
    public int Refusals { get; set; }

    /// <summary>How many answers were the second one to their command, or a later one.</summary>
    public int RepeatedAnswers { get; set; }

    /// <summary>How often people have found a pipeline paused, and had it go on.</summary>
    public int Resumed { get; set; }

    /// <summary>How often a process was killed at each <see cref="CrashSite"/>.</summary>
    public IReadOnlyList<int> Crashes => crashes;

    public bool Crash(CrashSite site, int oneIn)
    {
        if (quiet || random.Next(oneIn) > 0)
            return false;
        crashes[(int)site]++;
        return true;
    }

    public bool Fail(int oneIn)
    {
        if (quiet || random.Next(oneIn) > 0)
            return false;
        Faults++;
        return true;
    }

    /// <summary>A wait that is nearly always short. Sometimes the wait lasts until every caller has given up.</summary>
    public Task SlowAsync(int oneIn, CancellationToken cancel) =>
        quiet || random.Next(oneIn) > 0
            ? Task.CompletedTask
            : WaitAsync(random.Next(20) > 0 ? 1 + random.Next(8) : 40 + random.Next(100), cancel);

    /// <summary>A wait that is long enough for other commits.</summary>
    public Task LateAsync() => WaitAsync(1 + random.Next(80), CancellationToken.None);

    public Task WaitAsync(int steps, CancellationToken cancel)
    {
        var slow = new TaskCompletionSource();
        waiting.Add((step + steps, slow));
        return slow.Task.WaitAsync(cancel);
    }

    public void Step()
    {
        step++;
        foreach (var due in waiting.FindAll(call => call.Due <= step))
            due.Slow.TrySetResult();
        waiting.RemoveAll(call => call.Due <= step);
    }
}

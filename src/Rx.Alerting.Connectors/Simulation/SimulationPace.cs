namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Lets event time pass at a multiple of processing time, from the first wait on.</summary>
internal sealed class SimulationPace(TimeProvider clock, double speed, TimeSpan maximumLag)
{
    private long startedAt;
    private long? firstTime;

    /// <summary>Waits until <paramref name="eventTime"/>, in Unix milliseconds, is due.</summary>
    public async ValueTask WaitAsync(long eventTime, CancellationToken stop)
    {
        if (firstTime is null)
            Start(eventTime);
        var ahead = TimeSpan.FromMilliseconds((eventTime - firstTime!.Value) / speed) - clock.GetElapsedTime(startedAt);
        if (ahead > TimeSpan.Zero)
            await Task.Delay(ahead, clock, stop);
        else if (-ahead > maximumLag)
            Start(eventTime);
    }

    private void Start(long eventTime)
    {
        firstTime = eventTime;
        startedAt = clock.GetTimestamp();
    }
}

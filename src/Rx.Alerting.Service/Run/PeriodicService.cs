namespace Rx.Alerting.Service.Run;

/// <summary>Does something at fixed intervals for as long as the host runs.</summary>
internal abstract class PeriodicService(TimeSpan interval, TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock => clock;

    /// <summary>Called once every interval, never twice at a time.</summary>
    public abstract void LookAgain();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            LookAgain();
    }
}

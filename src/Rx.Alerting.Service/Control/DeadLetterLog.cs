using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Control;

/// <summary>Logs control messages that were not understood: the first at once, then once a minute how many there were.</summary>
internal sealed class DeadLetterLog(TimeProvider clock, ILogger<DeadLetterLog> log) : PeriodicService(TimeSpan.FromMinutes(1), clock)
{
    private readonly Lock gate = new();
    private long number;
    private string latest = string.Empty;
    private bool isTold;

    public void Take(string reason)
    {
        lock (gate)
        {
            (number, latest) = (number + 1, reason);
            if (isTold)
                return;
            isTold = true;
            Tell();
        }
    }

    public override void LookAgain()
    {
        lock (gate)
        {
            isTold = number > 0;
            if (isTold)
                Tell();
        }
    }

    private void Tell()
    {
        RunLog.CommandsNotUnderstood(log, number, latest);
        number = 0;
    }
}

namespace Rx.Alerting.Service.Metrics;

/// <summary>Requests whose caller is not who it says.</summary>
internal sealed class AccessMetrics
{
    private readonly CounterInstrument failures;

    public AccessMetrics(Instruments instruments)
    {
        failures = instruments.Counter("authentication_failures_total", "Requests whose credentials were not taken, by reason", "reason");
        foreach (var reason in (string[])["malformed", "unknown", "proxy", "forged_proxy"])
            failures.Add(0, reason);
    }

    /// <param name="reason">Why; one of a few words.</param>
    public void TakeFailure(string reason) => failures.Add(1, reason);
}

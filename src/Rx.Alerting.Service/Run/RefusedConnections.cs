using System.Diagnostics.Metrics;

namespace Rx.Alerting.Service.Run;

/// <summary>Logs, at most once a minute, how many connections were closed because too many were open.</summary>
internal sealed class RefusedConnections : PeriodicService
{
    private const string Instrument = "kestrel.rejected_connections";

    private readonly MeterListener listener = new();
    private readonly ILogger<RefusedConnections> log;
    private long refused;

    public RefusedConnections(TimeProvider clock, ILogger<RefusedConnections> log)
        : base(TimeSpan.FromMinutes(1), clock)
    {
        this.log = log;
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == Instrument)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref refused, value));
        listener.Start();
    }

    /// <summary>Logs how many connections were closed since the last call.</summary>
    public override void LookAgain()
    {
        if (Interlocked.Exchange(ref refused, 0) is > 0 and var number)
            RunLog.Refused(log, number);
    }

    public override void Dispose()
    {
        listener.Dispose();
        base.Dispose();
    }
}

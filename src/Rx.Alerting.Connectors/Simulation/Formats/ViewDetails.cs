namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>Fields of a view that follow from the others.</summary>
internal static class ViewDetails
{
    private const int FirstNetwork = 3209;

    public static long Start(in SimulatedView view) => view.EventTime - view.Duration;

    /// <summary>Autonomous system number: each country has a few.</summary>
    public static int Asn(in SimulatedView view) => FirstNetwork + (997 * view.Country) + (31 * view.Network);

    /// <summary>Milliseconds to the first frame.</summary>
    public static int StartupTime(in SimulatedView view) => 180 + (9 * view.Noise);

    /// <summary>Whether a failed view failed before its first frame.</summary>
    public static bool FailedAtStart(in SimulatedView view) => view.Outcome == Outcome.Failure && view.Noise < 160;

    /// <summary>Whether a business exception came before the first frame.</summary>
    public static bool RefusedAtStart(in SimulatedView view) => view.Outcome == Outcome.BusinessException && view.Noise < 200;

    public static ErrorKind Error(in SimulatedView view) => view.Outcome switch
    {
        Outcome.Failure => ErrorKind.Failures[view.Error],
        Outcome.BusinessException => ErrorKind.BusinessExceptions[view.Error],
        Outcome.Warning => ErrorKind.Warnings[view.Error],
        _ => default,
    };
}

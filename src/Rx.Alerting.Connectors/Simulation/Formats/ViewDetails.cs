namespace Rx.Alerting.Connectors.Simulation.Formats;

/// <summary>Fields of a view that follow from the others.</summary>
internal static class ViewDetails
{
    private const int FirstNetwork = 3209;

    public static long Start(in SimulatedView view) => view.EventTime - view.Duration;

    /// <summary>Autonomous system number: each country has a few.</summary>
    public static int Asn(in SimulatedView view) => Asn(view.Country, view.Network);

    /// <summary>Autonomous system number of a country's network, 0 to 3.</summary>
    public static int Asn(int country, int network) => FirstNetwork + (997 * country) + (31 * network);

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

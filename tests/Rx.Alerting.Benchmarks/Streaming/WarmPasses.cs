using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>
/// Several passes over a topic in one process. The first pass warms the process up, as in Flink's process. The other passes count together,
/// so that the machine's variations weigh as much in them as in Flink's pass, which takes as long.
/// </summary>
internal static class WarmPasses
{
    /// <summary>How often each process reads the topic by default.</summary>
    public const int InProcess = 4;

    /// <summary>The figures of all passes except the first.</summary>
    public const string Views = "warm_views", Seconds = "warm_seconds";

    /// <param name="arguments"><c>--views</c> of a pass, and <c>--passes</c>.</param>
    /// <param name="pass">Reads the topic once, and gives the seconds that it took.</param>
    public static void Run(Arguments arguments, Func<double> pass)
    {
        pass();
        double views = 0, seconds = 0;
        for (var left = arguments.Int("passes") - 1; left > 0; left--)
        {
            seconds += pass();
            views += arguments.Int("views");
        }

        Figures.Write((Views, views), (Seconds, seconds));
    }
}

using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>What a topic holds: so many views, at so many a second of event time.</summary>
internal sealed record TopicTraffic(int Views, int Titles, int Rate, int Partitions, int DriftMinutes)
{
    public static TopicTraffic Read(Arguments arguments, int driftMinutes = 0) =>
        new(arguments.Int("views"), arguments.Int("titles"), arguments.Int("rate"), arguments.Int("partitions"), driftMinutes);

    /// <summary>For a process that fills a topic.</summary>
    public string[] Load =>
    [
        "--views", Text(Views), "--titles", Text(Titles), "--rate", Text(Rate), "--partitions", Text(Partitions),
        "--drift", Text(DriftMinutes),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

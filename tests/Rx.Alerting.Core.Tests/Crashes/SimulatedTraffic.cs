using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>
/// Five properties that break, heal and fall silent, and the shards in which their views come. The last one breaks for one CDN only.
/// </summary>
internal static class SimulatedTraffic
{
    /// <summary>The longest time, in milliseconds, from a view's event time to its arrival.</summary>
    public const long LongestDelay = 60_000;

    private static readonly IReadOnlyList<ArrivedView> Views = Arrived();

    private static readonly long End = Views[^1].At + 1;

    /// <summary>
    /// Sent to every pipeline when a process starts. The silences begin and end beneath open incidents, whichever process sees it. The last
    /// command is refused.
    /// </summary>
    public static IReadOnlyList<ControlCommand> Commands { get; } =
    [
        Silence("quiet-title", new("two", "brok*", "c"), 20, 30),
        Silence("quiet-title-longer", new("two", ErrorType: "c"), 24, 34),
        Silence("quiet-property", new("three"), 15, 30),
        Silence("quiet-to-the-end", new("*", ErrorType: "a"), 40, 600),
        new AcknowledgeCommand("too-early", "somebody", "no-incident"),
    ];

    /// <summary>Three partitions. One of them has a property that falls silent.</summary>
    public static IReadOnlyList<SimulatedShard> Partitions { get; } =
        [Shard("partition-0", [0, 1]), Shard("partition-1", [2, 4, 5]), Shard("partition-2", [3])];

    /// <summary>Everything in one partition.</summary>
    public static IReadOnlyList<SimulatedShard> Whole { get; } = [Shard("whole", [0, 1, 2, 3, 4, 5])];

    /// <summary>A partition for each property.</summary>
    public static IReadOnlyList<SimulatedShard> ByProperty { get; } =
        [Shard("property-1", [0, 1]), Shard("property-2", [2]), Shard("property-3", [3]), Shard("property-4", [4, 5])];

    /// <summary>
    /// Three shards. The first is split, and one of its children is merged with the silent shard. The third shard is split, too.
    /// </summary>
    public static IReadOnlyList<SimulatedShard> Resharded { get; } = Reshard(Part(0.3), Part(0.5), Part(0.7));

    private static SilenceCommand Silence(string id, IncidentMatcher matcher, int fromMinute, int toMinute) =>
        new(id, "somebody", matcher, "We know.")
        {
            StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(TestTraffic.Start).AddMinutes(fromMinute),
            EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(TestTraffic.Start).AddMinutes(toMinute),
        };

    private static SimulatedShard[] Reshard(long first, long second, long third) =>
    [
        Shard("shard-0", [0, 1], long.MinValue, first),
        Shard("shard-1", [2, 4, 5], long.MinValue, third),
        Shard("shard-2", [3], long.MinValue, second),
        Shard("shard-3", [0], first, End, "shard-0"),
        Shard("shard-4", [1], first, second, "shard-0"),
        Shard("shard-5", [1, 3], second, End, "shard-2", "shard-4"),
        Shard("shard-6", [2], third, End, "shard-1"),
        Shard("shard-7", [4, 5], third, End, "shard-1"),
    ];

    private static SimulatedShard Shard(string name, int[] slots) => Shard(name, slots, long.MinValue, End);

    private static SimulatedShard Shard(string name, int[] slots, long from, long to, params string[] parents) =>
        new(name, parents, to, [.. Views.Where(view => slots.Contains(Slot(view.View)) && view.At >= from && view.At < to)]);

    private static long Part(double part) => Views[(int)(Views.Count * part)].At;

    /// <summary>The first and the last two properties are spread over two slots each, by title.</summary>
    private static int Slot(TestView view) => view.Property switch
    {
        "one" => view.Title.Length % 2,
        "two" => 2,
        "three" => 3,
        _ => 4 + (view.Title.Length % 2),
    };

    /// <summary>Nearly all failures come through one CDN. Viewers come once.</summary>
    private static TestView Circumstanced(TestView view)
    {
        var random = new SplitMix((ulong)view.Time);
        string[] cdns = view.ErrorType.Length > 0 && random.Next(20) > 0 ? ["fastly"] : ["akamai", "lumen", "fastly"];
        return view with { Slice = $"cdn={cdns[random.Next(cdns.Length)]} country=c{random.Next(8)} viewer_user_id=u{view.Time}" };
    }

    private static IReadOnlyList<ArrivedView> Arrived()
    {
        var one = new TestTraffic(11) { Step = 6000 }.Add(300, "one", ("a", 0.01)).Add(60, "one", ("a", 0.7)).Add(400, "one", ("a", 0.01));
        var two = new TestTraffic(12) { Step = 9000 };
        for (var i = 0; i < 28; i++)
            two.Add(9, "two", ("a", 0.02)).Add(1, "two", "broken", ("c", i is > 8 and < 24 ? 0.9 : 0));
        two.Pause(TimeSpan.FromMinutes(25)).Add(50, "two", ("a", 0.02));
        var three = new TestTraffic(13) { Step = 7000 }.Add(
            150, "three", ("a", 0.01)).Add(40, "three", ("b", 0.7)).Pause(TimeSpan.FromMinutes(25)).Add(200, "three", ("a", 0.01));
        var four = new TestTraffic(14) { Step = 11_000 }.Add(400, "four", ("a", 0.02), ("d", 0.02));
        var five = new TestTraffic(16) { Step = 4000 }.Add(
            250, "five", ("b", 0.01)).Add(150, "five", ("b", 0.25)).Add(100, "five", ("b", 0.01));
        var random = new SplitMix(15);
        return [.. TestTraffic.Merge(one, two, three, four, five)
            .Select(view => new ArrivedView(Circumstanced(view), view.Time + random.Next((int)LongestDelay)))
            .OrderBy(view => view.At)];
    }
}

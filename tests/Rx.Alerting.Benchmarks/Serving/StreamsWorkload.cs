using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rx.Alerting.Benchmarks.Effects;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>Many open streams of events: whether each gets every change, how long changes take, and what the streams cost.</summary>
internal static class StreamsWorkload
{
    /// <summary>How often a second of event time is sent.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10), Last = TimeSpan.FromSeconds(5);

    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        [MeasuredService.Program.Name] = MeasuredService.Program.Default,
        ["store"] = "redis",
        ["streams"] = "1000",
        ["seconds"] = "20",
        ["properties"] = "20",
    };

    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        using var broker = KafkaBroker.TryStart()
            ?? throw new ChildFailedException("There is no Kafka; unpack Apache Kafka, and set KAFKA_HOME to its folder.");
        using var store = new StoreServer(arguments["store"]);
        var (count, topic) = (arguments.Int("streams"), Guid.NewGuid().ToString("N"));
        var delay = (int)new PipelineOptions().EventTime.MaximumOutOfOrderness.TotalSeconds;
        using var producer = new LiveProducer(broker.BootstrapServers, topic, partitions: 4, new Turns(arguments.Int("properties"), 60));
        while (producer.Second < Turns.Begin + delay)
        {
            producer.Send();
            producer.Flush();
        }

        using var service = new MeasuredService(
            arguments["program"],
            store.Address,
            [
                $"Kafka:BootstrapServers={broker.BootstrapServers}", $"Kafka:Topic={topic}",
                $"Http:MaximumConnections={count + 100}", $"Http:MaximumEventStreams={count * 4}", "Incidents:PlatformWithin=0s",
            ],
            "--source", "kafka");
        await service.UntilReadyAsync();
        await SendAsync(WarmUp);
        var length = TimeSpan.FromSeconds(arguments.Int("seconds"));
        var (alone, memory) = (await CoresAsync(), service.Memory);

        using var client = new HttpClient { BaseAddress = service.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var end = new CancellationTokenSource();
        var streams = new List<EventStream>();
        for (var i = 0; i < count; i++)
            streams.Add(await EventStream.OpenAsync(client, keepsData: i == 0, end.Token));
        await SendAsync(WarmUp);
        var first = producer.Second;
        var together = await CoresAsync();
        var last = producer.Second;
        var more = service.Memory - memory;
        await SendAsync(Last); // Changes of the last seconds come.
        await end.CancelAsync();
        await Task.WhenAll(streams.Select(stream => stream.EndAsync()));
        Print(streams, producer, (first, last, delay), (alone, together, more));

        async Task<double> CoresAsync()
        {
            var before = await service.ReadAsync();
            await SendAsync(length);
            var after = await service.ReadAsync();
            return (after.ProcessorSeconds - before.ProcessorSeconds) / Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
        }

        async Task SendAsync(TimeSpan lasts)
        {
            using var timer = new PeriodicTimer(Tick);
            for (var left = lasts; left > TimeSpan.Zero && await timer.WaitForNextTickAsync(); left -= Tick)
                producer.Send();
        }
    }

    /// <summary>A change is told at its event time. The record that completes its evidence is the first one that much later.</summary>
    private static void Print(
        List<EventStream> streams,
        LiveProducer producer,
        (int First, int Last, int Delay) seconds,
        (double Alone, double Together, long Memory) cost)
    {
        var sent = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var (id, _, data) in streams[0].Events)
        {
            using var content = JsonDocument.Parse(data!);
            var completed = content.RootElement.GetProperty("changed").EnumerateArray()
                .Select(one => LiveProducer.SecondOf(one.GetProperty("updated_at").GetDateTimeOffset()) + seconds.Delay)
                .Where(second => second >= seconds.First && second < seconds.Last).ToList();
            if (completed.Count > 0)
                sent[id] = [.. completed.Select(producer.SentAt)];
        }

        var times = new List<double>();
        var missed = 0;
        foreach (var stream in streams)
        {
            var came = stream.Events.ToLookup(one => one.Id, one => one.At, StringComparer.Ordinal);
            foreach (var (id, records) in sent)
            {
                if (came[id].Count() == 1)
                    times.AddRange(records.Select(record => Stopwatch.GetElapsedTime(record, came[id].First()).TotalMilliseconds));
                else
                    missed++;
            }
        }

        Console.WriteLine();
        var changes = sent.Values.Sum(one => one.Length);
        Line($"streams: {streams.Count:N0} open streams of events, {changes:N0} changes in {sent.Count:N0} events");
        Line($"events that a stream has not got, or twice: {missed:N0}; resets: {streams.Sum(stream => stream.Resets):N0}");
        if (times.Count == 0)
            throw new ChildFailedException("No change came.");
        var (half, most) = (Quantile.Of(times, 0.5), Quantile.Of(times, 0.99));
        Line($"from the record that completes the evidence to a stream, in ms: {half:0} (p50), {most:0} (p99), {times.Max():0} (longest)");
        Line($"cores: {cost.Together:0.00} with the streams, {cost.Alone:0.00} without");
        Line($"resident memory of a stream: {cost.Memory / 1024.0 / streams.Count:0.0} KiB");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

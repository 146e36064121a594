using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>How fast pages and the API answer while the pipeline runs at full speed, and what that costs the pipeline.</summary>
internal static class PagesWorkload
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        [MeasuredService.Program.Name] = MeasuredService.Program.Default,
        ["store"] = "redis",
        ["titles"] = "1000000",
        ["incidents"] = "10000",
        ["requests"] = "200",
        ["mix"] = "all",
        ["seconds"] = "10",
        ["rounds"] = "5",
        ["speed"] = "1000000",
    };

    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        using var store = new StoreServer(arguments["store"]);
        Console.Error.WriteLine($"  filling {arguments["store"]} with {arguments["titles"]} titles and {arguments["incidents"]} incidents");
        ChildProcess.Run(
            [
                .. ChildProcess.Own("board-fill"), "--store", store.Address, "--titles", arguments["titles"], "--incidents",
                arguments["incidents"],
            ],
            pinned: false);
        using var service = new MeasuredService(
            arguments["program"], store.Address, BoardFill.Settings(arguments.Int("incidents")), "--speed", arguments["speed"]);
        await service.UntilReadyAsync();
        using var client = new HttpClient { BaseAddress = service.Address, Timeout = TimeSpan.FromSeconds(10) };
        var (ids, before) = await PageRequest.SomeAsync(client);
        var mix = PageRequest.MixOf(arguments["mix"]);
        var load = new OpenLoop(client, arguments.Int("requests"));
        await load.RunAsync(WarmUp, number => PageRequest.Of(mix, number, ids));
        load.Clear();

        var length = TimeSpan.FromSeconds(arguments.Int("seconds"));
        var serving = new ServingTimes();
        var costs = new List<(bool IsAsked, double Views, double ProcessorSeconds)>();
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        comparison.Add($"{arguments["requests"]} requests a second", () => Measure(isAsked: true).GetAwaiter().GetResult());
        comparison.Add("no request", () => Measure(isAsked: false).GetAwaiter().GetResult());
        comparison.Run(string.Create(
            CultureInfo.InvariantCulture,
            $"pages, mix {arguments["mix"]}: {arguments.Int("titles"):N0} titles, {before:N0} open incidents, {arguments["store"]}, "
            + $"simulated traffic at full speed"));
        var (_, after) = await PageRequest.SomeAsync(client);
        var (_, all) = await PageRequest.SomeAsync(client, string.Empty);
        Print(load, costs, serving, after, all);

        async Task<double> Measure(bool isAsked)
        {
            var first = await service.ReadAsync();
            await (isAsked ? load.RunAsync(length, number => PageRequest.Of(mix, number, ids)) : Task.Delay(length, TimeProvider.System));
            var last = await service.ReadAsync();
            if (isAsked)
                serving.Add(first.Serving, last.Serving);
            costs.Add((isAsked, last.Views - first.Views, last.ProcessorSeconds - first.ProcessorSeconds));
            return (last.Views - first.Views) / System.Diagnostics.Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        }
    }

    private static void Print(
        OpenLoop load, List<(bool IsAsked, double Views, double ProcessorSeconds)> costs, ServingTimes serving, int open, int all)
    {
        var alone = costs.Where(cost => !cost.IsAsked).ToList();
        var perView = alone.Sum(cost => cost.ProcessorSeconds) / alone.Sum(cost => cost.Views);
        var more = costs.Where(cost => cost.IsAsked).Sum(cost => cost.ProcessorSeconds - (cost.Views * perView));
        Line($"processor time of the service for a request, beyond that of the views: {more * 1000 / load.Answers.Count:0.00} ms");
        Line($"time in the service: {serving.Share(0.05):P2} within 50 ms; p99 at most {serving.Bound(0.99) * 1000:0} ms");
        Line($"incidents at the end: {open:N0} open, {all:N0} in all");
        Console.WriteLine();
        Console.WriteLine("| time of an answer in ms, from when it was to be asked | answers | p50 | p99 | longest | kB |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        Row("all", [.. load.Answers]);
        foreach (var kind in load.Answers.GroupBy(answer => answer.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            Row(kind.Key, [.. kind]);
        foreach (var status in load.Answers.GroupBy(answer => answer.Status).OrderBy(status => status.Key))
            Line($"answers with status {status.Key}: {status.Count():N0}");
    }

    private static void Row(string name, List<OpenLoop.Answer> answers)
    {
        var times = answers.ConvertAll(answer => answer.Milliseconds);
        var (half, most, size) = (Quantile.Of(times, 0.5), Quantile.Of(times, 0.99), answers.Average(answer => answer.Bytes) / 1000);
        Line($"| {name} | {times.Count:N0} | {half:0.0} | {most:0.0} | {times.Max():0} | {size:0.0} |");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

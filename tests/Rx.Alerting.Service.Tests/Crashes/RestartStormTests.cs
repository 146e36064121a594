using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The built service with its state in SQLite is really killed, again and again, while it tells Slack and PagerDuty.</summary>
public sealed class RestartStormTests(ITestOutputHelper output) : IDisposable
{
    private const ulong Seed = 20261129;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder folder = new();
    private readonly StormReceivers receivers = new(Seed);
    private readonly SplitMix random = new(Seed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Run_KilledOverAndOver_SaysEverythingOnceAndTheEndIsRight() => StormAsync(8);

    /// <summary>By hand, with <c>-explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public Task Run_KilledFiftyTimes_SaysEverythingOnceAndTheEndIsRight() => StormAsync(50);

    public void Dispose()
    {
        receivers.Dispose();
        folder.Dispose();
    }

    private async Task StormAsync(int kills)
    {
        var began = TimeProvider.System.GetTimestamp();
        var traffic = new StormTraffic(folder["views.jsonl"]);
        await traffic.BeginAsync();
        var struck = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            await traffic.GrowAsync((kill + 1.0) / (kills + 1));
            await using var service = Start();
            struck += await KillAsync(service, kill) ? 1 : 0;
        }

        var stormed = TimeProvider.System.GetElapsedTime(began);
        await traffic.GrowAsync(1);
        await using var last = Start();
        var ids = await EndAsync(last);
        output.WriteLine(
            $"seed {Seed}: {kills} kills, {struck} of them within a call, in {stormed.TotalSeconds:f0} s; {ids.Count} incidents, "
            + $"{receivers.Actions.Count} of them told to PagerDuty, {receivers.Calls} calls; "
            + $"all was told after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:f0} s");

        Assert.Equal(StormTraffic.Properties, ids.Count);
        Assert.Equal(ids, receivers.Posts.Select(told => told.Incident).Order(StringComparer.Ordinal));
        Assert.Empty(receivers.Repeated);
        Assert.All(receivers.Posts, told => Assert.StartsWith("✔ Closed: ", told.Post.Text, StringComparison.Ordinal));
        Assert.NotEmpty(receivers.Actions);
        Assert.Empty(receivers.Actions.Select(actions => actions.Key).Except(ids));
        Assert.All(receivers.Actions, actions => Assert.Equal("resolve", actions.Last()));

        // A kill may come after the begin of a trigger was stored, and before it is sent. If all is over since, only that is told.
        Assert.All(receivers.Actions, actions => Assert.True(actions.First() == "trigger" || !actions.Contains("trigger")));
        Assert.True(struck >= kills / 10, $"only {struck} of {kills} kills struck within a call");
    }

    private ServiceProcess Start() => ServiceProcess.StartIn(
        folder,
        [
            "--listen", "127.0.0.1:0", "--follow", "views.jsonl", "--lateness", "1s",
            "--set", "Checkpoints:Interval=50ms",
            "--set", "Follow:PollInterval=50ms",
            "--set", "Follow:IdleAfter=100ms",
            .. receivers.Arguments,
        ]);

    /// <summary>Kills at a random moment: in every fifth round while the service starts, else after it has begun a call.</summary>
    /// <returns>Whether somebody waited for an answer.</returns>
    private async Task<bool> KillAsync(ServiceProcess service, int kill)
    {
        var isYoung = kill % 5 == 0;
        if (!isYoung)
            await WaitForCallAsync();
        var within = isYoung || kill % 2 == 0 ? 4000 : StormReceivers.SlowestMilliseconds; // Between short lives it has to read on.
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(within)), TimeProvider.System, Cancel);
        var isCalled = receivers.IsCalled;
        await service.KillAsync();
        return isCalled;
    }

    private async Task WaitForCallAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(10)); // There may be nothing to tell.
        while (!receivers.IsCalled && !limit.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until all is told, and stops in good order.</summary>
    /// <returns>The incidents, which are all closed.</returns>
    private async Task<IReadOnlyList<string>> EndAsync(ServiceProcess service)
    {
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var began = TimeProvider.System.GetTimestamp();
        IReadOnlyList<string> closed;
        while (true)
        {
            closed = await ClosedAsync(client);
            var missing = closed.Count < StormTraffic.Properties ? $"only {closed.Count} incidents are closed" : receivers.Missing(closed);
            if (missing is null)
                break;
            Assert.False(service.HasExited, service.Output);
            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < Patience, $"seed {Seed}: {missing}{Environment.NewLine}{service.Output}");
            await Task.Delay(Poll, TimeProvider.System, Cancel);
        }

        service.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
        return closed;
    }

    private static async Task<IReadOnlyList<string>> ClosedAsync(HttpClient client)
    {
        var text = await client.GetStringAsync(new Uri("/api/v1/incidents?status=closed&limit=100", UriKind.Relative), Cancel);
        using var document = JsonDocument.Parse(text);
        var ids = document.RootElement.GetProperty("data").EnumerateArray().Select(incident => incident.GetProperty("id").GetString()!);
        return [.. ids.Order(StringComparer.Ordinal)];
    }
}

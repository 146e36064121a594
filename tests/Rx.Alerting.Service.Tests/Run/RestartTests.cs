using System.Text.Json;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>The service as a person stops and starts it.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Run_StartedAgain_GoesOnAndStillHasItsIncidents()
    {
        using var folder = new TemporaryFolder();
        string[] before;
        await using (var first = ServiceProcess.StartIn(folder, "--listen", "127.0.0.1:0"))
        {
            using var client = new HttpClient { BaseAddress = await first.AddressAsync() };
            await first.LineAsync(line => line.Contains("✔ closed", StringComparison.Ordinal));
            before = await IncidentsAsync(client);
            await first.KillAsync();
        }

        await using var second = ServiceProcess.StartIn(folder, "--listen", "127.0.0.1:0");
        using var again = new HttpClient { BaseAddress = await second.AddressAsync() };
        await second.LineAsync(line => line.Contains("goes on from commit", StringComparison.Ordinal));

        Assert.NotEmpty(before);
        await ReadyAsync(again);
        Assert.Empty(before.Except(await IncidentsAsync(again)));
        second.Signal("TERM");
        Assert.Equal(ExitCode.Success, await second.ExitCodeAsync());
    }

    /// <summary>So it is after an upgrade from a release without a board, too.</summary>
    [Fact]
    public async Task Run_BoardLostMeanwhile_IsReadyWhenItShowsItsIncidentsAgain()
    {
        using var server = RedisServers.Start();
        string[] arguments = ["--listen", "127.0.0.1:0", "--store", "redis", "--set", $"Redis:Configuration={server.Endpoint}"];
        string[] before;
        await using (var first = ServiceProcess.Start(arguments))
        {
            using var client = new HttpClient { BaseAddress = await first.AddressAsync() };
            await first.LineAsync(line => line.Contains("✔ closed", StringComparison.Ordinal));
            before = await IncidentsAsync(client);
            await first.KillAsync();
        }

        await using (var board = new RedisBoard(new RedisOptions { Configuration = server.Endpoint }, BoardKind.Incidents))
            await board.ReplaceAsync("simulation/seed-1", 1, [], TestContext.Current.CancellationToken);
        await using var second = ServiceProcess.Start(arguments);
        using var again = new HttpClient { BaseAddress = await second.AddressAsync() };

        await ReadyAsync(again);

        Assert.NotEmpty(before);
        Assert.Empty(before.Except(await IncidentsAsync(again)));
    }

    [Fact]
    public async Task Run_StoreDown_IsNotReadyAndSaysWhy()
    {
        await using var service = ServiceProcess.Start(
            "--listen", "127.0.0.1:0", "--store", "redis", "--set", "Redis:Configuration=127.0.0.1:1", "--set", "Redis:Timeout=500ms");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        await service.LineAsync(line => line.Contains("does not take the state of pipeline simulation/seed-1", StringComparison.Ordinal));

        Assert.Contains("127.0.0.1:1", await NotReadyAsync(client), StringComparison.Ordinal);
        service.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
    }

    [Theory]
    [InlineData("any")]
    [InlineData("by-property")]
    public async Task Run_BrokersDown_IsNotReadyAndSaysWhy(string partitioning)
    {
        using var folder = new TemporaryFolder();
        await using var service = ServiceProcess.StartIn(
            folder,
            "--listen", "127.0.0.1:0",
            "--source", "kafka",
            "--set", "Kafka:BootstrapServers=127.0.0.1:1",
            "--set", $"Kafka:Partitioning={partitioning}");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        await service.LineAsync(line => line.Contains("No broker of 127.0.0.1:1 answers", StringComparison.Ordinal));

        Assert.StartsWith("waiting: source; no broker of 127.0.0.1:1 answers: ", await NotReadyAsync(client), StringComparison.Ordinal);
        service.Signal("TERM");
        Assert.Equal(ExitCode.Success, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task Run_StoreIsNoDatabase_SaysSoAndFails()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rx-alerting.db", new string('x', 10_000));

        await using var service = ServiceProcess.StartIn(folder, "--listen", "127.0.0.1:0");

        Assert.Equal(ExitCode.Failed, await service.ExitCodeAsync());
        Assert.Contains("rx-alerting.db", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FollowedLogGrows_FindsWhatIsInIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("views.jsonl", View(0) + View(1));
        await using var service = ServiceProcess.StartIn(
            folder, "--listen", "127.0.0.1:0", "--follow", "views.jsonl", "--set", "Checkpoints:Interval=50ms");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        await service.LineAsync(line => line.Contains("begins anew", StringComparison.Ordinal));

        await File.AppendAllTextAsync(
            folder["views.jsonl"], string.Concat(Enumerable.Range(2, 2000).Select(View)), TestContext.Current.CancellationToken);

        await service.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        await UntilAsync(async () => (await IncidentsAsync(client)).Length > 0); // The console may be told before the board.
    }

    /// <summary>One view for each second. From the thousandth view on, all views fail.</summary>
    private static string View(int number)
    {
        var error = number < 1000 ? "null" : "\"network\"";
        var (title, time) = (number % 7, 1_767_225_600 + number);
        return $$"""{"property_id":"p","video_id":"v{{title}}","view_end":{{time}},"error_type":{{error}}}""" + "\n";
    }

    private static async Task<string[]> IncidentsAsync(HttpClient client)
    {
        var text = await client.GetStringAsync(
            new Uri("/api/v1/incidents?limit=100", UriKind.Relative), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(incident => incident.GetProperty("id").GetString()!)];
    }

    private static Task ReadyAsync(HttpClient client) => UntilAsync(async () =>
    {
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return ready.IsSuccessStatusCode;
    });

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await isSo())
            await timer.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>The text at <c>/health/ready</c> of a service that is not ready.</summary>
    private static async Task<string> NotReadyAsync(HttpClient client)
    {
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)ready.StatusCode);
        return await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The service is paused, killed, started again and resumed over HTTP, while its log grows. No view is lost.</summary>
public sealed class PausedServiceTests : IDisposable
{
    private const string Log = "access.log";
    private readonly TemporaryFolder folder = new();
    private int lines;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kill_WhilePaused_GoesOnPausedAndReadsEverythingAfterTheResume()
    {
        Grow(3000, 200);
        long before;
        await using (var first = Start())
        {
            using var client = new HttpClient { BaseAddress = await first.AddressAsync() };
            await UntilAsync(client, counts => counts.Views == 3000);
            await client.SendAsync("""{"by":"ann","type":"set-options","options":{"Incidents:AlertAffectedViews":7},"comment":"Soon"}""");
            await client.SendAsync("""{"by":"ann","type":"pause","comment":"The disk is full"}""");
            before = (await CountsAsync(client)).Views;
            Grow(100, 503);
            await first.LineAsync(line => line.Contains("is paused: by ann", StringComparison.Ordinal));
            Assert.Equal(before, (await CountsAsync(client)).Views);
            await first.KillAsync();
        }

        Grow(10, 200);
        await using var second = Start();
        using var asking = new HttpClient { BaseAddress = await second.AddressAsync() };
        await second.LineAsync(line => line.Contains("is paused: by ann", StringComparison.Ordinal));
        await second.LineAsync(line => line.Contains("Incidents:AlertAffectedViews = 7, configured 50, by ann", StringComparison.Ordinal));
        for (var i = 0; i < 20; i++)
            await asking.SendAsync("""{"by":"ann","type":"checkpoint"}""");
        var paused = await CountsAsync(asking);
        Assert.Equal((before, "ann", "The disk is full", "7"), (paused.Views, paused.By, paused.Comment, paused.Option));
        using (var ready = await asking.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains("paused: by ann", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(0, paused.Open);
        await asking.SendAsync("""{"by":"bob","type":"resume"}""");
        var after = await UntilAsync(asking, counts => counts.Views == lines && counts.Open > 0);

        Assert.Equal((3110L, 0L, (string?)null), (after.Views, after.NotCounted, after.By));
        await second.LineAsync(line => line.Contains("reads on, after", StringComparison.Ordinal));
    }

    /// <summary>Stopping does not wait for the end of a pause.</summary>
    [Fact]
    public async Task Stop_WhilePaused_EndsAtOnce()
    {
        Grow(10, 200);
        await using var service = Start();
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        await UntilAsync(client, counts => counts.Views == 10);
        await client.SendAsync("""{"by":"ann","type":"pause"}""");

        service.Signal("TERM");

        Assert.Equal(0, await service.ExitCodeAsync());
    }

    private ServiceProcess Start() => ServiceProcess.StartIn(
        folder,
        "--listen", "127.0.0.1:0", "--follow", Log, "--lateness", "1s",
        "--set", "Follow:StartAt=earliest", "--set", "Follow:PollInterval=50ms");

    /// <summary>Adds lines of an access log, one a second.</summary>
    private void Grow(int count, int status)
    {
        var (log, at) = (new StringBuilder(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(lines));
        for (var i = 0; i < count; i++)
        {
            log.Append(CultureInfo.InvariantCulture, $"192.0.2.1 - - [{at.AddSeconds(i):dd/MMM/yyyy:HH:mm:ss} +0000] ");
            log.Append(CultureInfo.InvariantCulture, $"\"GET /video HTTP/1.1\" {status} 12 \"-\" \"-\"\n");
        }

        File.AppendAllText(folder[Log], log.ToString());
        lines += count;
    }

    private static async Task<Counts> CountsAsync(HttpClient client)
    {
        var pipeline = (await client.SendAsync("""{"by":"ann","type":"status"}""")).GetProperty("pipelines")[0];
        var counts = pipeline.GetProperty("counts");
        var pause = pipeline.TryGetProperty("paused", out var paused) ? paused : default(JsonElement?);
        var option = pipeline.TryGetProperty("options", out var options) ? options[0].GetProperty("value").GetString() : null;
        return new(
            counts.GetProperty("views").GetInt64(),
            counts.GetProperty("late").GetInt64() + counts.GetProperty("rejected").GetInt64(),
            counts.GetProperty("open_incidents").GetInt32(),
            pause?.GetProperty("by").GetString(),
            pause?.GetProperty("comment").GetString(),
            option);
    }

    private static async Task<Counts> UntilAsync(HttpClient client, Func<Counts, bool> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reply = await client.SendAsync("""{"by":"ann","type":"status"}""");
            var hasCounts = reply.GetProperty("pipelines") is { } pipelines && pipelines.GetArrayLength() > 0
                && pipelines[0].TryGetProperty("counts", out _);
            if (hasCounts && await CountsAsync(client) is var counts && isSo(counts))
                return counts;
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), reply.GetRawText());
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }

    private sealed record Counts(long Views, long NotCounted, int Open, string? By, string? Comment, string? Option);
}

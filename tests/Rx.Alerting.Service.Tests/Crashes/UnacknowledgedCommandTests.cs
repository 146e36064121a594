using System.Globalization;
using System.Text;
using System.Text.Json;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.Control;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The service is killed after it has executed a command, and before the broker knows.</summary>
public sealed class UnacknowledgedCommandTests(RabbitMqFixture broker) : IClassFixture<RabbitMqFixture>
{
    private const string Log = "access.log";

    [Fact]
    public async Task Kill_BetweenCommitAndAcknowledgement_CommandIsExecutedOnce()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Log, Outage());
        await using var peer = await RabbitMqPeer.OpenAsync(broker.Server);
        using var line = new RedisProxy(broker.Server.Port);
        string incident;
        await using (var first = Start(folder, peer, $"amqp://guest:guest@{line.Endpoint}"))
        {
            using var client = new HttpClient { BaseAddress = await first.AddressAsync() };
            incident = await UntilAsync(client, "/api/v1/incidents?status=open", Id);
            await peer.SendAsync("""{"by":"ann","type":"status"}""", "bound");
            await peer.ReplyAsync();
            line.LosesWhatIsSent = true;
            await peer.SendAsync($$"""{"by":"ann","type":"acknowledge","incident_id":"{{incident}}"}""", "mine");
            await UntilAsync(client, $"/api/v1/incidents/{incident}", By);
            await first.KillAsync();
        }

        Assert.False(peer.HasMoreReplies);
        await using var second = Start(folder, peer, broker.Server.Uri);
        var reply = await peer.ReplyAsync();
        if (reply.CommandId == "bound")
            reply = await peer.ReplyAsync(); // Its acknowledgement was lost, too.

        Assert.Equal(("mine", ReplyStatus.Done), (reply.CommandId, reply.Status));
        using var asking = new HttpClient { BaseAddress = await second.AddressAsync() };
        var trail = await UntilAsync(asking, $"/api/v1/incidents/{incident}", Trail);
        Assert.Equal(1, trail.Split("acknowledged").Length - 1);
    }

    private static ServiceProcess Start(TemporaryFolder folder, RabbitMqPeer peer, string uri) => ServiceProcess.StartIn(
        folder,
        "--listen", "127.0.0.1:0", "--follow", Log,
        "--set", "Follow:StartAt=earliest",
        "--set", $"RabbitMq:Uri={uri}",
        "--set", $"RabbitMq:Exchange={peer.Exchange}");

    /// <summary>An access log in which requests fail at the end, and a few succeed after that.</summary>
    private static string Outage()
    {
        var (log, at) = (new StringBuilder(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        for (var i = 0; i < 3200; i++, at = at.AddSeconds(1))
        {
            var status = i is > 3000 and < 3100 ? 503 : 200;
            log.Append(CultureInfo.InvariantCulture, $"192.0.2.1 - - [{at:dd/MMM/yyyy:HH:mm:ss} +0000] ");
            log.Append(CultureInfo.InvariantCulture, $"\"GET /video HTTP/1.1\" {status} 12 \"-\" \"-\"\n");
        }

        return log.ToString();
    }

    private static string? Id(JsonElement data) =>
        data.EnumerateArray().Select(incident => incident.GetProperty("id").GetString()).FirstOrDefault();

    private static string? By(JsonElement data) =>
        data.GetProperty("acknowledgement") is { ValueKind: JsonValueKind.Object } taken ? taken.GetProperty("by").GetString() : null;

    private static string? Trail(JsonElement data) => By(data) is null ? null : data.GetProperty("trail").GetRawText();

    /// <summary>Asks until the answer's data have something.</summary>
    private static async Task<string> UntilAsync(HttpClient client, string address, Func<JsonElement, string?> find)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            using var document = JsonDocument.Parse(text);
            if (response.IsSuccessStatusCode && find(document.RootElement.GetProperty("data")) is { } found)
                return found;
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), text);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

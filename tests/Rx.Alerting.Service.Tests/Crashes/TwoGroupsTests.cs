using System.Net;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Two services that should not share a store, on a real broker and a real Redis.</summary>
public sealed class TwoGroupsTests
{
    [Fact]
    public async Task Run_TwoGroupsWithOnePrefix_TheOneThatLostIsNotReadyAndNamesTheOwner()
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(1000);
        string[] quick = ["--set", "Kafka:RevokeTimeout=1s"];
        await using var first = topic.Service(redis, "shared", "by-property", group: "first").Start(quick);
        await UntilAsync(first, HttpStatusCode.OK, "ready");

        await using var second = topic.Service(redis, "shared", "by-property", group: "second").Start(quick);


        var pipelines = string.Join(
            ", ", Enumerable.Range(0, CrashTopic.Partitions).Select(partition => $"kafka/{CrashTopic.Name}-{partition}"));
        var said = await UntilAsync(
            first,
            HttpStatusCode.ServiceUnavailable,
            $"waiting: {pipelines}; group second at {topic.Servers}, process ",
            () => topic.Add(100));
        Assert.Single(said.Split("has taken over what is assigned to this process").Skip(1));
        await UntilAsync(second, HttpStatusCode.OK, "ready");
    }

    /// <summary>Asks until the service answers with this status and text.</summary>
    private static async Task<string> UntilAsync(ServiceProcess service, HttpStatusCode status, string text, Action? meanwhile = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var said = string.Empty;
        try
        {
            while (true)
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token);
                said = await answer.Content.ReadAsStringAsync(patience.Token);
                if (answer.StatusCode == status && said.Contains(text, StringComparison.Ordinal))
                    return said;
                meanwhile?.Invoke();
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It says {said}{Environment.NewLine}{service.Output}");
        }
    }
}

using System.Text.Json;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The built service is paused while it reads Kafka, and another process joins its group meanwhile.</summary>
public sealed class PausedGroupTests
{
    /// <summary>Only members that go on polling take part in a rebalance.</summary>
    [Fact]
    public async Task Run_PausedWhilePartitionsMove_FindsWhatOneFinds()
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(300_000);
        var alone = topic.Service(redis, "alone", "by-property");
        await using (var service = alone.Start())
            await alone.FinishAsync(service);

        var many = topic.Service(redis, "many", "by-property");
        await using var first = many.Start();
        await many.CommittedAsync(topic.Views / 10, first);
        using var one = new HttpClient { BaseAddress = await first.AddressAsync() };
        await one.SendAsync("""{"by":"ann","type":"pause","comment":"The group grows"}""");
        await using var second = many.Start();
        using var other = new HttpClient { BaseAddress = await second.AddressAsync() };
        await many.UntilAsync(
            async () => await PausedAsync(one) is > 0 and var left && await PausedAsync(other) is > 0 and var moved
                && left + moved == CrashTopic.Partitions,
            () => "not all partitions are paused, or none has moved",
            first,
            second);
        Assert.True(topic.Committed("many") < topic.Views, "all was read before the pause");

        await one.SendAsync("""{"by":"bob","type":"resume"}""");
        await other.SendAsync("""{"by":"bob","type":"resume"}""");
        await many.FinishAsync(first, second);

        for (var partition = 0; partition < CrashTopic.Partitions; partition++)
        {
            var pipeline = $"kafka/{CrashTopic.Name}-{partition}";
            (await FinalState.ReadAsync(many.Redis, pipeline)).AssertIs(await FinalState.ReadAsync(alone.Redis, pipeline));
        }
    }

    /// <summary>How many pipelines of a process are paused. None, if one of them is not.</summary>
    private static async Task<int> PausedAsync(HttpClient client)
    {
        var status = await client.SendAsync("""{"by":"ann","type":"status"}""");
        var pipelines = status.GetProperty("pipelines").EnumerateArray().ToList();
        return pipelines.TrueForAll(pipeline => pipeline.TryGetProperty("paused", out JsonElement _)) ? pipelines.Count : 0;
    }
}

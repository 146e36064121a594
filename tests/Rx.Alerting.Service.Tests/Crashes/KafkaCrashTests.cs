using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The built service on a real Kafka broker and a real Redis. The process is really killed.</summary>
public sealed class KafkaCrashTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Run_KilledOverAndOverWithRedisKilledOnce_CountsEveryViewOnce()
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(1_000_000);
        var calm = topic.Service(redis, "calm", "any");
        await using (var service = calm.Start())
            await calm.FinishAsync(service);
        var expected = await FinalState.ReadAsync(calm.Redis, "kafka/views");
        Assert.Equal(topic.Views, expected.Views);
        Assert.NotEmpty(expected.Incidents);

        var crashing = topic.Service(redis, "crashing", "any");
        await crashing.CrashAsync(Kills, kill =>
        {
            if (kill == Kills / 2)
                redis.Restart();
            return Task.CompletedTask;
        });

        (await FinalState.ReadAsync(crashing.Redis, "kafka/views")).AssertIs(expected);
    }

    [Fact]
    public async Task Run_ThreeProcessesOneKilledOneAdded_FindWhatOneFinds()
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(300_000);
        var alone = topic.Service(redis, "alone", "by-property");
        await using (var service = alone.Start())
            await alone.FinishAsync(service);

        var many = topic.Service(redis, "many", "by-property");
        await using ServiceProcess first = many.Start(), second = many.Start(), third = many.Start();
        await many.CommittedAsync(topic.Views / 10, first, second, third);
        await second.KillAsync();
        Assert.True(topic.Committed("many") < topic.Views, "all was read before the kill");
        await using var fourth = many.Start();
        await many.FinishAsync(first, third, fourth);

        for (var partition = 0; partition < CrashTopic.Partitions; partition++)
        {
            var pipeline = $"kafka/{CrashTopic.Name}-{partition}";
            var expected = await FinalState.ReadAsync(alone.Redis, pipeline);
            Assert.NotEmpty(expected.Incidents);
            (await FinalState.ReadAsync(many.Redis, pipeline)).AssertIs(expected);
        }
    }
}

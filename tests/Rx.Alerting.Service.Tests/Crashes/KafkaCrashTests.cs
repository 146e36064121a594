using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The built service, a real Kafka broker and a real Redis; killed for real.</summary>
public sealed class KafkaCrashTests
{
    private const long Views = 1_000_000;
    private const int Kills = 22;

    /// <summary>Printed when it fails: the moments of the kills depend on it, and on the machine.</summary>
    private static readonly ulong Seed = (ulong)Environment.TickCount64;

    [Fact]
    public async Task Run_KilledOverAndOver_CountsEveryViewOnce()
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(Views);
        var calm = new CrashService(topic, redis, "calm");
        await using (var service = calm.Start())
            await calm.FinishAsync(service);
        var expected = await FinalState.ReadAsync(calm.Redis, "kafka/views");
        Assert.Contains($"\"Views\":{Views}", expected.Counts, StringComparison.Ordinal);
        Assert.NotEmpty(expected.Incidents);

        var random = new SplitMix(Seed);
        var crashing = new CrashService(topic, redis, "crashing");
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var service = crashing.Start();
            await crashing.CommittedAsync((kill * Views / Kills) + random.Next((int)(Views / Kills / 2)));
            if (kill == Kills / 2)
                redis.Restart();
            await MomentAsync(random);
            await service.KillAsync();
            // And one that is killed on its way up, wherever that is.
            await using var young = crashing.Start();
            await MomentAsync(random, 800);
            await young.KillAsync();
        }

        await using (var service = crashing.Start())
            await crashing.FinishAsync(service);
        (await FinalState.ReadAsync(crashing.Redis, "kafka/views")).AssertIs(expected);
    }

    /// <summary>Any time within some milliseconds: the test is about what may happen in it.</summary>
    private static Task MomentAsync(SplitMix random, int within = 60) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(within)), TimeProvider.System, TestContext.Current.CancellationToken);
}

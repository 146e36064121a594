namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>
/// The built service on a local Kinesis server and a real Redis. The process is really killed, while a shard is split and two shards are
/// merged.
/// </summary>
public sealed class KinesisCrashTests
{
    [Fact]
    public async Task Run_KilledOverAndOverWhileShardsAreSplitAndMerged_CountsEveryViewOnce()
    {
        using var redis = RedisServers.Start();
        using var stream = await CrashStream.BeginAsync(20_000);
        var crashing = stream.Service(redis, "crashing");
        await crashing.CrashAsync(6, kill => kill switch
        {
            0 => stream.SplitAsync(),
            1 => stream.MergeAsync(),
            _ => Task.CompletedTask,
        });

        var calm = stream.Service(redis, "calm");
        await using (var service = calm.Start())
            await calm.FinishAsync(service);
        var expected = await FinalState.ReadAsync(calm.Redis, "kinesis/views");
        Assert.Equal(stream.Views, expected.Views);
        Assert.NotEmpty(expected.Incidents);
        (await FinalState.ReadAsync(crashing.Redis, "kinesis/views")).AssertIs(expected);
    }
}

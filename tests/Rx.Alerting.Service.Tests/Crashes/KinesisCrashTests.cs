namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>The built service, a local server of Kinesis and a real Redis; killed for real while it reads over a split and a merge.</summary>
public sealed class KinesisCrashTests
{
    [Fact]
    public async Task Run_KilledOverAndOver_CountsEveryViewOnce()
    {
        using var redis = RedisServers.Start();
        using var stream = await CrashStream.FillAsync(20_000);
        var calm = stream.Service(redis, "calm");
        await using (var service = calm.Start())
            await calm.FinishAsync(service);
        var expected = await FinalState.ReadAsync(calm.Redis, "kinesis/views");
        Assert.Equal(stream.Views, expected.Views);
        Assert.NotEmpty(expected.Incidents);

        var crashing = stream.Service(redis, "crashing");
        await crashing.CrashAsync(6, _ => { });

        (await FinalState.ReadAsync(crashing.Redis, "kinesis/views")).AssertIs(expected);
    }
}

using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.Crashes;
using StackExchange.Redis;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>The built service on a Redis that was emptied, and a Kafka broker that knows that the topic was read before.</summary>
public sealed class MissingStateTests
{
    [Theory]
    [InlineData("any")]
    [InlineData("by-property")]
    public async Task Run_StoreEmptiedWhileItWasDown_SaysSoOrRefuses(string partitioning)
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(20_000);
        var crash = topic.Service(redis, "emptied", partitioning);

        // The group is new, so nothing can be missing.
        await using (var first = crash.Start("--set", "Checkpoints:OnMissing=fail"))
        {
            await first.LineAsync(line => line.Contains(
                "begins anew, as the store has no state of it: all records that the topic still has are read again",
                StringComparison.Ordinal));
            await crash.FinishAsync(first);
        }

        await EmptyAsync(redis.Endpoint);
        await using (var refused = crash.Start("--set", "Checkpoints:OnMissing=fail"))
        {
            Assert.Equal(ExitCode.Failed, await refused.ExitCodeAsync());
            Assert.Contains("though the consumer group “emptied” has read partition", refused.Output, StringComparison.Ordinal);
            Assert.Contains("start once with --set Checkpoints:OnMissing=begin", refused.Output, StringComparison.Ordinal);
        }

        await using (var begun = crash.Start("--set", "Kafka:StartAt=latest"))
        {
            var line = await begun.LineAsync(
                line => line.Contains("though the consumer group “emptied” has read partition", StringComparison.Ordinal));
            var beginning = partitioning == "any"
                ? "reading goes on with the newest record: what came before is not read again"
                : "what came since this process is in the group: what came before is not read again";
            Assert.Contains(beginning, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_StoreEmptiedInMidRun_SaysWhatIsRead()
    {
        using var redis = RedisServers.Start();
        using var folder = new TemporaryFolder();
        folder.Write("views.jsonl", string.Concat(Enumerable.Range(0, 2000).Select(View)));
        await using var service = ServiceProcess.StartIn(
            folder,
            "--listen", "127.0.0.1:0",
            "--follow", "views.jsonl",
            "--set", "Follow:StartAt=end",
            "--set", "Checkpoints:Interval=50ms",
            "--store", "redis",
            "--set", $"Redis:Configuration={redis.Endpoint}");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        await service.LineAsync(line => line.Contains("begins anew", StringComparison.Ordinal));
        await UntilCommittedAsync(redis.Endpoint);
        await EmptyAsync(redis.Endpoint);
        await File.AppendAllTextAsync(folder["views.jsonl"], View(2000), TestContext.Current.CancellationToken);

        var line = await service.LineAsync(
            line => line.Contains("is expected", StringComparison.Ordinal) || line.Contains("was confirmed: ", StringComparison.Ordinal));

        Assert.Contains("reading goes on at the end of the files: what is in them is not read again", line, StringComparison.Ordinal);
        Assert.DoesNotContain("reads again", service.Output, StringComparison.Ordinal);
    }

    private static string View(int number) => $$"""{"property_id":"p","video_id":"v","view_end":{{1_767_225_600 + number}}}""" + "\n";

    private static async Task UntilCommittedAsync(string endpoint)
    {
        using var direct = await ConnectionMultiplexer.ConnectAsync(endpoint);
        while ((long)await direct.GetDatabase().HashGetAsync("{rx-alerting:follow/files}:head", "id") == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task EmptyAsync(string endpoint)
    {
        using var admin = await ConnectionMultiplexer.ConnectAsync($"{endpoint},allowAdmin=true");
        await admin.GetDatabase().ExecuteAsync("FLUSHALL");
    }
}

using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Processes of one group, on a real broker and a real Redis: each of them shows the incidents of all.</summary>
public sealed class SharedBoardTests
{
    /// <summary>The first part has incidents in every partition. The rest comes when a process has been killed.</summary>
    private const int Views = 60_000, FirstPart = 40_000;

    [Fact]
    public async Task Run_OneOfThreeKilled_TheOthersShowAllIncidentsAllTheWhile()
    {
        using var redis = RedisServers.Start();
        using var topic = await CrashTopic.FillAsync(0);
        var group = topic.Service(redis, "group", "by-property");
        await using ServiceProcess first = group.Start(), second = group.Start(), third = group.Start();
        await using ShownIncidents atFirst = await ShownIncidents.WatchAsync(first), atThird = await ShownIncidents.WatchAsync(third);
        await using var store = new RedisCheckpointStore(group.Redis);
        await using var board = new RedisBoard(group.Redis, BoardKind.Incidents);
        topic.Add(Views, 0, FirstPart);
        await group.UntilAsync(
            async () => await OfAsync(second, store, board) is { Count: > 0 } own
                && own.All(atFirst.Latest.ContainsKey) && own.All(atThird.Latest.ContainsKey),
            () => "the others do not show what the second process has found",
            first, second, third);

        await second.KillAsync();

        topic.Add(Views, FirstPart, Views);
        await topic.Service(redis, "group", "by-property").RestAsync(first, third);
        var expected = await FindAloneAsync(topic.Service(redis, "alone", "by-property"));
        Assert.NotEmpty(expected);
        await group.UntilAsync(
            () => Task.FromResult(IsShown(atFirst, expected) && IsShown(atThird, expected)),
            () => $"the processes show {atFirst.Latest.Count} and {atThird.Latest.Count} incidents, not the same {expected.Count}",
            first, third);
        Assert.InRange(await atFirst.EndAsync(), 10, int.MaxValue);
        Assert.InRange(await atThird.EndAsync(), 10, int.MaxValue);
    }

    /// <summary>What one process shows that reads everything, undisturbed.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> FindAloneAsync(CrashService alone)
    {
        await using var service = alone.Start();
        await alone.RestAsync(service);
        await using var shown = await ShownIncidents.WatchAsync(service);
        var all = new HashSet<string>(StringComparer.Ordinal);
        for (var partition = 0; partition < CrashTopic.Partitions; partition++)
            all.UnionWith((await FinalState.ReadAsync(alone.Redis, $"kafka/{CrashTopic.Name}-{partition}")).Incidents);
        await alone.UntilAsync(
            () => Task.FromResult(all.SetEquals(shown.Latest.Values)),
            () => $"{shown.Latest.Count} incidents are shown, not those {all.Count} of the checkpoints",
            service);
        await shown.EndAsync();
        return shown.Latest;
    }

    /// <summary>Ids of the incidents on the board that belong to the pipelines of a process.</summary>
    private static async Task<IReadOnlyList<string>> OfAsync(ServiceProcess service, RedisCheckpointStore store, RedisBoard board)
    {
        var cancel = TestContext.Current.CancellationToken;
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pipeline in await store.ListAsync(cancel))
        {
            var who = CheckpointOwner.Who((await store.FindAsync(pipeline, cancel))!.Owner);
            if (who?.Contains($"process {service.Id} ", StringComparison.Ordinal) == true)
                own.Add(pipeline);
        }

        return [.. (await board.ReadAsync(null, cancel)).Entries.Where(entry => own.Contains(entry.Pipeline)).Select(entry => entry.Id)];
    }

    private static bool IsShown(ShownIncidents service, IReadOnlyDictionary<string, string> expected) =>
        service.Latest is var shown && shown.Count == expected.Count
        && expected.All(one => shown.TryGetValue(one.Key, out var json) && json == one.Value);
}

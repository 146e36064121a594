using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Terminal;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Notifications;

/// <summary>What channels remember is in the store of the checkpoints, which the checkpoints make.</summary>
public sealed class NotificationBoardTests
{
    /// <summary>A store that a channel made would be empty, and pipelines would take it for theirs that has lost everything.</summary>
    [Fact]
    public async Task Board_OfAStoreThatIsNotThere_MakesNone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder["disk"], "state.db");
        await using var service = Build(path);

        var board = service.Services.GetRequiredService<NotificationChannels>().Board!;
        var problem = await Assert.ThrowsAsync<CheckpointStoreException>(
            () => board.ReadAsync(null, TestContext.Current.CancellationToken));

        Assert.Contains("is gone", problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["disk"]));
    }

    /// <summary>It is not started, so no pipeline makes the store.</summary>
    private static WebApplication Build(string path)
    {
        var loader = new SettingsLoader();
        (string Key, string Value)[] values =
        [
            ("Sqlite:Path", path), ("Channels:hook:Kind", "webhook"), ("Channels:hook:Url", "http://127.0.0.1:9/"),
            ("Metrics:Listen", "127.0.0.1:0"),
        ];
        loader.Add(values.Select(one => (one.Key, one.Value, "a test")));
        var host = new CommandHost
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
        };
        return ServiceHost.Build(
            loader.Build(),
            _ => new WatchedStream("test", "a script", new WholeStream("script", ScriptedSource.Silent)),
            "http://127.0.0.1:0",
            Screen.ForOutput(host),
            TimeProvider.System);
    }
}

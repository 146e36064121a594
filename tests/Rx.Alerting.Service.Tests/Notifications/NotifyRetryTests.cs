using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Notifications;

/// <summary><c>rx-alerting notify retry</c> asks a service that runs.</summary>
public sealed class NotifyRetryTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ScriptedHttpServer receiver;
    private RunningService service = null!;
    private volatile int status = 403;

    public NotifyRetryTests() => receiver = new(_ => new ScriptedAnswer(status));

    public async ValueTask InitializeAsync()
    {
        var loader = new SettingsLoader();
        loader.Add(
        [
            ("Sqlite:Path", folder["state.db"], "test"),
            ("Notifications:MaximumAge", "3650d", "test"),
            ("Channels:hook:Kind", "webhook", "test"),
            ("Channels:hook:Url", receiver.Address.ToString(), "test"),
        ]);
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, loader.Build());
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        receiver.Dispose();
    }

    [Fact]
    public async Task Retry_ReceiverThatRefusedIsMended_IsTold()
    {
        await service.TellAsync(IncidentSamples.Sample("a"));
        await receiver.ArrivalAsync(TestContext.Current.CancellationToken);
        await service.UntilHealthSaysAsync("was not told 1 notifications");
        status = 200;

        var retried = await RetryAsync("hook");
        await receiver.ArrivalAsync(TestContext.Current.CancellationToken);

        retried.Expect(ExitCode.Success);
        Assert.Contains("1 notifications are tried again", retried.Output, StringComparison.Ordinal);
        Assert.Single(receiver.Requests.Select(request => request.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task Retry_NothingWasGivenUp_SaysSo()
    {
        var retried = await RetryAsync();

        retried.Expect(ExitCode.Success);
        Assert.Contains("nothing was given up", retried.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_UnknownChannel_NamesThoseThatAreThere()
    {
        var retried = await RetryAsync("ops");

        retried.Expect(ExitCode.Failed);
        Assert.Contains("there is no channel ops; there is hook", retried.Output, StringComparison.Ordinal);
    }

    private Task<CommandRun> RetryAsync(params string[] channel) =>
        CommandRun.OfAsync(["notify", "retry", .. channel, "--by", "ann", "--url", service.Client.BaseAddress!.ToString()]);
}

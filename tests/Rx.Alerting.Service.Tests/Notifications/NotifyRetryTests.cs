using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Notifications;

/// <summary><c>rx-alerting notify retry</c> asks a service that runs.</summary>
public sealed class NotifyRetryTests : IAsyncLifetime
{
    private TellingService telling = null!;

    public async ValueTask InitializeAsync() => telling = await TellingService.StartAsync(403);

    public ValueTask DisposeAsync() => telling.DisposeAsync();

    [Fact]
    public async Task Retry_ReceiverThatRefusedIsMended_IsTold()
    {
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);
        await telling.Service.UntilHealthSaysAsync("was not told 1 notifications");
        telling.Status = 200;

        var retried = await RetryAsync("hook");
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);

        retried.Expect(ExitCode.Success);
        Assert.Contains("1 notifications are tried again", retried.Output, StringComparison.Ordinal);
        Assert.Single(telling.Receiver.Requests.Select(request => request.Headers["webhook-id"]).Distinct());
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
        CommandRun.OfAsync(["notify", "retry", .. channel, "--by", "ann", "--url", telling.Service.Client.BaseAddress!.ToString()]);
}

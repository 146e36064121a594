using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What all notifiers that use HTTP have in common. The receiver repeats what it was sent, so that secrets would show.</summary>
public abstract class NotifierContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408, false)]
    [InlineData(425, false)]
    [InlineData(429, false)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    public async Task Notify_PassingStatus_IsLaterAndSaysWhen(int status, bool isInDoubt)
    {
        using var server = new ScriptedHttpServer(request => Echo(status, request, "Retry-After: 7"));

        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server.Address));

        Assert.Equal((isInDoubt, TimeSpan.FromSeconds(7)), (later.IsInDoubt, later.RetryAfter));
        Assert.Contains($"{server.Address.Authority} answers {status}", later.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task Notify_FinalStatus_IsRefused(int status)
    {
        using var server = new ScriptedHttpServer(request => Echo(status, request, "Location: /elsewhere"));

        var refused = Assert.IsType<NotifyResult.Refused>(await TellAsync(server.Address));

        Assert.Contains($"{server.Address.Authority} answers {status}", refused.Problem, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Notify_NobodyListens_IsLaterWithoutDoubt() =>
        Assert.False(Assert.IsType<NotifyResult.Later>(await TellAsync(new($"http://127.0.0.1:{FreePort.Find()}/"))).IsInDoubt);

    [Fact]
    public async Task Notify_CertificateOfAStranger_IsLaterWithoutDoubtAndSaysSo()
    {
        using var authority = new TestAuthority();
        using var server = new ScriptedHttpServer(request => Echo(200, request), authority);

        var later = Assert.IsType<NotifyResult.Later>(await TellAsync(server.Address));

        Assert.False(later.IsInDoubt);
        Assert.Contains($"the certificate of {server.Address.Authority} is not trusted", later.Problem, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Notify_ConnectionBreaksBehindTheRequest_IsLaterInDoubt()
    {
        using var server = new ScriptedHttpServer(_ => ScriptedAnswer.Cut);

        Assert.True(Assert.IsType<NotifyResult.Later>(await TellAsync(server.Address)).IsInDoubt);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Notify_CancelledWhileTheReceiverHangs_Ends()
    {
        using var server = new ScriptedHttpServer(_ => ScriptedAnswer.Hang);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (notifier, _) = Make(server.Address);
        using var disposed = notifier as IDisposable;
        var telling = notifier.NotifyAsync(NotificationSamples.Sample(), stop.Token);
        await server.ArrivalAsync(Cancel);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => telling);
    }

    /// <summary>Makes a notifier whose receiver is at an address, and says which of its options are secret.</summary>
    protected abstract (INotifier Notifier, IReadOnlyList<string> Secrets) Make(Uri server);

    /// <summary>Tells once. What is said then holds no secret.</summary>
    private async Task<NotifyResult> TellAsync(Uri server)
    {
        var (notifier, secrets) = Make(server);
        using var disposed = notifier as IDisposable;
        var result = await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, result.ToString(), StringComparison.OrdinalIgnoreCase));
        return result;
    }

    private static ScriptedAnswer Echo(int status, ScriptedRequest request, params string[] headers) => new(
        status,
        $"{request.Headers.GetValueOrDefault("Authorization")} {request.Target} {request.Body}",
        headers);
}

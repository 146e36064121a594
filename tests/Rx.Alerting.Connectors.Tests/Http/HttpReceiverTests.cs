using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Http;

public sealed class HttpReceiverTests : IDisposable
{
    private const string Secret = "s3cr3t/path+1";

    private readonly FakeTimeProvider clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HttpReceiver receiver;

    public HttpReceiverTests() => receiver = new(new SecretMask(Secret), clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_Status200_IsTheBody()
    {
        using var server = new ScriptedHttpServer(request => new(200, $"got {request.Body}"));
        Assert.Equal(("got {}", null), await SendAsync(server.Address));
    }

    [Fact]
    public async Task Send_TwoRequests_UseOneClientAndAreSentAsTheyAre()
    {
        using var server = new ScriptedHttpServer(_ => new(204));
        await SendAsync(server.Address);
        await SendAsync(server.Address);
        Assert.Equal(["POST {}", "POST {}"], server.Requests.Select(request => $"{request.Method} {request.Body}"));
        Assert.Equal("application/json; charset=utf-8", server.Requests[0].Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Thu, 01 Jan 2026 00:01:30 GMT", 90)]
    [InlineData("Wed, 31 Dec 2025 23:00:00 GMT", 0)]
    [InlineData("2000000000", 86_400)]
    [InlineData("soon", null)]
    public async Task Send_RetryAfter_IsKeptWithinADay(string header, int? seconds)
    {
        using var server = new ScriptedHttpServer(_ => new(429, "", $"Retry-After: {header}"));
        var later = Assert.IsType<NotifyResult.Later>((await SendAsync(server.Address)).Failure);
        Assert.Equal(seconds is { } some ? TimeSpan.FromSeconds(some) : null, later.RetryAfter);
    }

    [Fact]
    public async Task Send_Refused_SaysStatusAndTheBeginningOfTheBodyWithoutSecrets()
    {
        using var server = new ScriptedHttpServer(_ => new(
            400, $"no\r\n\u001b[31m {Secret} {Uri.EscapeDataString(Secret)} {Secret.ToUpperInvariant()} {new string('x', 300)}"));

        var problem = Assert.IsType<NotifyResult.Refused>((await SendAsync(server.Address)).Failure).Problem;

        var beginning = $"{server.Address.Authority} answers 400: ";
        Assert.StartsWith($"{beginning}no\uFFFD\uFFFD\uFFFD[31m *** *** *** xxx", problem, StringComparison.Ordinal);
        Assert.Equal(beginning.Length + 200, problem.Length);
        Assert.EndsWith("x…", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NameThatIsNot_IsLaterWithoutDoubt()
    {
        var later = Assert.IsType<NotifyResult.Later>((await SendAsync(new("http://nobody.invalid/secret"))).Failure);
        Assert.Equal(("the name nobody.invalid cannot be resolved", false), (later.Problem, later.IsInDoubt));
    }

    [Fact]
    public async Task Send_AnswerBreaksOff_IsLaterInDoubt()
    {
        using var server = new ScriptedHttpServer(_ => new(200, "half") { Fault = ScriptedFault.CutBody });
        Assert.True(Assert.IsType<NotifyResult.Later>((await SendAsync(server.Address)).Failure).IsInDoubt);
    }

    [Fact]
    public async Task Send_RefusalBreaksOff_IsRefused()
    {
        using var server = new ScriptedHttpServer(_ => new(403, "half") { Fault = ScriptedFault.CutBody });
        Assert.IsType<NotifyResult.Refused>((await SendAsync(server.Address)).Failure);
    }

    [Fact]
    public async Task Send_UsedConnectionBreaks_IsNotSentTwice()
    {
        var answers = 0;
        using var server = new ScriptedHttpServer(_ => ++answers == 1 ? new(200) : ScriptedAnswer.Cut);
        await SendAsync(server.Address);

        Assert.True(Assert.IsType<NotifyResult.Later>((await SendAsync(server.Address)).Failure).IsInDoubt);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Send_LongAnswer_IsReadUpToTheBound()
    {
        using var server = new ScriptedHttpServer(_ => new(200, new string('x', HttpReceiver.UsualBytes + 1)));
        Assert.Equal(HttpReceiver.UsualBytes, (await SendAsync(server.Address)).Body.Length);
    }

    [Fact]
    public async Task Send_FailuresOnly_LeavesTheReceiverAloneForAWhile()
    {
        var isDown = true;
        using var server = new ScriptedHttpServer(_ => new(isDown ? 503 : 200));
        for (var i = 0; i < 5; i++)
            await SendAsync(server.Address);

        var later = Assert.IsType<NotifyResult.Later>((await SendAsync(server.Address)).Failure);
        Assert.Equal((false, TimeSpan.FromSeconds(15)), (later.IsInDoubt, later.RetryAfter));
        Assert.Equal(5, server.Requests.Count);

        isDown = false;
        clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Null((await SendAsync(server.Address)).Failure);
    }

    [Fact]
    public async Task Send_ReceiverThatIsBusyOrRefuses_IsNotTakenForDown()
    {
        using var server = new ScriptedHttpServer(request => new(request.Target == "/busy" ? 429 : 400));
        for (var i = 0; i < 10; i++)
            await SendAsync(new(server.Address, i % 2 == 0 ? "busy" : "refused"));
        Assert.Equal(10, server.Requests.Count);
    }

    [Fact]
    public void SecretMask_OfAnAddress_LeavesTheHost()
    {
        var mask = new SecretMask(SecretMask.Of(new("https://user:p%40ss@hooks.example.com/services/T0123456789?key=abcdefghij")));
        Assert.Equal(
            "hooks.example.com *** *** *** *** ok",
            mask.Apply("hooks.example.com T0123456789 abcdefghij user:p%40ss p@ss ok"));
    }

    public void Dispose() => receiver.Dispose();

    private async Task<(string Body, NotifyResult? Failure)> SendAsync(Uri address)
    {
        var answer = await receiver.SendAsync(HttpAddress.Post(address, Encoding.UTF8.GetBytes("{}")), Cancel);
        return (answer.Body, answer.Failure);
    }
}

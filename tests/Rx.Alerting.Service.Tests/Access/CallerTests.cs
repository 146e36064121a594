using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>How callers are known, and what they are told if they are not.</summary>
public sealed class CallerTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(
        ScriptedSource.Silent,
        folder,
        AccessSettings.WithTokens(folder, ("Access:Proxy:Networks", "10.0.0.0/8"), ("Access:Proxy:RoleHeader", "X-Role")));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task NoToken_IsAskedForOne()
    {
        var answer = await service.AskAsync("/api/v1/incidents");

        Assert.Equal((401, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Equal("Bearer realm=\"rx-alerting\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("urn:rx-alerting:problem:no-credentials", answer.Body.GetProperty("type").GetString());
        Assert.Equal(["type", "title", "status", "detail"], answer.Body.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task WrongToken_IsRefusedAndSaysWhy()
    {
        var unknown = await service.AskAsync("/api/v1/incidents", ApiToken.Create());
        var mistyped = await service.AskAsync("/api/v1/incidents", AccessSettings.Reader[..^2]);

        Assert.Equal((401, 401), (unknown.Status, mistyped.Status));
        Assert.Contains("was revoked", unknown.Text, StringComparison.Ordinal);
        Assert.Contains("mistyped", mistyped.Text, StringComparison.Ordinal);
        Assert.Contains("invalid_token", unknown.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(AccessSettings.Reader[..^2], mistyped.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongTokens_ManyOfOneAddress_AreTold429AndRightOnesAreStillTaken()
    {
        for (var i = 0; i < AuthenticationFailures.Most; i++)
            Assert.Equal(401, (await service.AskAsync("/", ApiToken.Create())).Status);

        var limited = await service.AskAsync("/", ApiToken.Create());

        Assert.Equal((429, "application/problem+json"), (limited.Status, limited.Type));
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, (await service.AskAsync("/", AccessSettings.Reader)).Status);
        Assert.Contains("rx_alerting_authentication_failures_total{reason=\"unknown\"} 11", await service.ScrapeAsync());
    }

    [Fact]
    public void Failures_AfterAMinute_AreForgotten()
    {
        var clock = new FakeTimeProvider();
        var failures = new AuthenticationFailures(clock);
        var (one, neighbour) = (IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2"));
        for (var i = 0; i < AuthenticationFailures.Most; i++)
            Assert.Null(failures.Add(i % 2 == 0 ? one : neighbour).Wait);

        Assert.Equal(AuthenticationFailures.Span, failures.Add(one).Wait);
        Assert.Null(failures.Add(IPAddress.Loopback).Wait);
        clock.Advance(AuthenticationFailures.Span);
        Assert.Equal(1, failures.Add(one).Failures);
    }

    /// <summary>The test comes from loopback, which is no proxy here.</summary>
    [Fact]
    public async Task ProxyHeader_OfAnotherAddress_IsIgnoredAndCounted()
    {
        var answer = await service.AskAsync("/", null, ("X-Forwarded-User", "ann"), ("X-Role", "admin"));

        Assert.Equal(401, answer.Status);
        Assert.Contains("rx_alerting_authentication_failures_total{reason=\"forged_proxy\"} 1", await service.ScrapeAsync());
    }

    [Theory]
    [InlineData("ann", "admin", "pause", 200)]
    [InlineData("ann", "operator", "pause", 403)]
    [InlineData("ann", null, "status", 200)]
    [InlineData("ann", null, "pause", 403)]
    [InlineData("ann", "root", "status", 401)]
    [InlineData("", "admin", "status", 401)]
    public async Task ProxyHeader_OfTheProxy_NamesTheUserAndTheRole(string user, string? role, string command, int expected)
    {
        using var other = new TemporaryFolder();
        await using var proxied = await RunningService.StartAsync(
            ScriptedSource.Silent,
            new TemporaryFolder(),
            AccessSettings.Of(other, ("Access:Proxy:Networks", "127.0.0.0/8"), ("Access:Proxy:RoleHeader", "X-Role")));
        (string, string)[] headers = role is null ? [("X-Forwarded-User", user)] : [("X-Forwarded-User", user), ("X-Role", role)];

        var answer = await proxied.SendAsync(HttpMethod.Post, "/api/v1/control", null, $$"""{"type":"{{command}}"}""", headers);

        Assert.True(expected == answer.Status, $"{answer.Status}: {answer.Text}");
    }

    [Fact]
    public async Task Command_WithAToken_IsToldUnderItsNameWhateverTheBodySays()
    {
        await service.CommandAsync("""{"id":"p","by":"mallory","type":"pause"}""", AccessSettings.Admin);

        var answer = await service.CommandAsync("""{"type":"status"}""", AccessSettings.Reader);
        var status = ControlJson.Read(Encoding.UTF8.GetBytes(answer.Text))!;

        Assert.Equal("administering", Assert.Single(status.Pipelines).Paused?.By);
    }

    [Theory]
    [InlineData("acknowledge", "\"incident_id\":\"x\"", AccessRole.Operator)]
    [InlineData("checkpoint", "\"by\":\"x\"", AccessRole.Operator)]
    [InlineData("resume", "\"comment\":\"x\"", AccessRole.Admin)]
    [InlineData("set-options", "\"options\":{\"Detection:MinimumErrors\":7}", AccessRole.Admin)]
    [InlineData("forget", "\"property\":\"x\"", AccessRole.Admin)]
    [InlineData("dump-incidents", "\"all\":false", AccessRole.Admin)]
    public async Task Command_OfARole_NeedsItOrAHigherOne(string type, string members, object needed)
    {
        foreach (var (token, role) in new[] { (AccessSettings.Reader, AccessRole.Reader), (AccessSettings.Operator, AccessRole.Operator) })
        {
            var answer = await service.CommandAsync($$"""{"type":"{{type}}",{{members}}}""", token);
            Assert.True(role >= (AccessRole)needed ? answer.Status == 200 : answer.Status == 403, $"{role}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task Incident_OfTheOpenService_NeedsNoToken()
    {
        using var other = new TemporaryFolder();
        await using var open = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), AccessSettings.Of(other, ("Access:Anonymous", "reader")));
        await open.ShowAsync(IncidentSamples.Sample("a"));

        Assert.Equal(200, (await open.AskAsync("/api/v1/incidents/a")).Status);
        Assert.Equal(401, (await open.CommandAsync("""{"by":"ann","type":"pause"}""")).Status);
        Assert.Equal(401, (await open.AskAsync("/api/v1/incidents/a", ApiToken.Create())).Status);
    }

    /// <summary>A page of another site that leads its own name to 127.0.0.1 (DNS rebinding) reads nothing.</summary>
    [Fact]
    public async Task ForeignHost_OnLoopback_IsNotServed()
    {
        using var other = new TemporaryFolder();
        await using var open = await RunningService.StartAsync(ScriptedSource.Silent, new TemporaryFolder(), AccessSettings.Of(other));

        Assert.Equal(200, (await open.AskAsync("/")).Status);
        var foreign = await open.AskAsync("/", null, ("Host", "rebound.example.org"));
        Assert.Equal(401, foreign.Status);
        Assert.Contains("The Host header must be localhost", foreign.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Runtime_OfTheTests_IsNotWarnedAbout()
    {
        Assert.True(RuntimeVersion.IsOld(new(10, 0, 0)));
        Assert.False(RuntimeVersion.IsOld(RuntimeVersion.Least));
        Assert.False(RuntimeVersion.IsOld(new(11, 0, 0)));
    }
}

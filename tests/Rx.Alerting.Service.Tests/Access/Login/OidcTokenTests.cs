using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Rx.Alerting.Service.Tests.Api;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access.Login;

/// <summary>Programs show access tokens of an identity provider.</summary>
public sealed class OidcTokenTests : IAsyncLifetime
{
    private const string Incidents = "/api/v1/incidents";

    private readonly TemporaryFolder folder = new();
    private OidcServer server = null!;
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        server = await OidcServer.StartAsync();
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, OidcSettings.Of(folder, server));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task AccessToken_OfTheProvider_HasTheRoleOfItsUser()
    {
        Assert.Equal(200, (await service.AskAsync(Incidents, server.AccessToken())).Status);
        Assert.Equal(200, (await service.CommandAsync("""{"type":"checkpoint"}""", server.AccessToken())).Status);
        Assert.Equal(403, (await service.CommandAsync("""{"type":"pause"}""", server.AccessToken())).Status);

        server.User["roles"] = new[] { "guest" };
        Assert.Equal(403, (await service.AskAsync(Incidents, server.AccessToken())).Status);
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("without an end")]
    [InlineData("unsigned")]
    [InlineData("signed with the public key as a secret")]
    [InlineData("signed by somebody else")]
    [InlineData("without a subject")]
    [InlineData("cut")]
    public async Task AccessToken_ThatDoesNotHold_IsRefused(string fault)
    {
        var token = server.AccessToken(with =>
        {
            switch (fault)
            {
                case "issuer":
                    with.Issuer = "http://127.0.0.1:1";
                    break;
                case "audience":
                    with.Audience = OidcServer.Client;
                    break;
                case "expired":
                    (with.IssuedAt, with.NotBefore, with.Expires) = (Ago(20), Ago(20), Ago(10));
                    break;
                case "not yet":
                    (with.NotBefore, with.Expires) = (Ago(-10), Ago(-20));
                    break;
                case "without an end":
                    with.Expires = null;
                    break;
                case "unsigned":
                    with.SigningCredentials = null;
                    break;
                case "signed with the public key as a secret":
                    var secret = new SymmetricSecurityKey(server.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = server.Key.KeyId };
                    with.SigningCredentials = new(secret, SecurityAlgorithms.HmacSha256);
                    break;
                case "signed by somebody else":
                    var other = new RsaSecurityKey(RSA.Create(2048)) { KeyId = server.Key.KeyId };
                    with.SigningCredentials = new(other, SecurityAlgorithms.RsaSha256);
                    break;
                case "without a subject":
                    with.Claims.Remove("sub");
                    break;
            }
        });

        var answer = await service.AskAsync(Incidents, fault == "cut" ? token[..^9] : token);

        Assert.Equal((401, "application/problem+json"), (answer.Status, answer.Type));
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await service.AskAsync(Incidents, server.AccessToken())).Status);
    }

    [Fact]
    public async Task AccessToken_ThatAProxyPassesOn_CountsWhereTheProxyNamesNobody()
    {
        using var other = new TemporaryFolder();
        await using var proxied = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), OidcSettings.Of(other, server, ("Access:Proxy:Networks", "127.0.0.1")));
        const string checkpoint = """{"type":"checkpoint"}""";

        var alone = await proxied.CommandAsync(checkpoint, server.AccessToken());
        var named = await proxied.SendAsync(
            HttpMethod.Post, "/api/v1/control", server.AccessToken(), checkpoint, ("X-Forwarded-User", "a reader"));

        Assert.Equal((200, 403), (alone.Status, named.Status));
        Assert.Contains("a reader", named.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_WithAnAccessToken_IsSentAwayWhenItEnds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var other = new TemporaryFolder();
        await using var listened = await RunningService.StartAsync(
            ScriptedSource.Silent, new TemporaryFolder(), OidcSettings.Of(other, server), clock);
        using var listener = await EventListener.OpenAsync(listened, "/api/v1/events", token: server.AccessToken());

        clock.Advance(TimeSpan.FromMinutes(6));

        await listener.UntilEndAsync();
    }

    private static DateTime Ago(int minutes) => TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-minutes);
}

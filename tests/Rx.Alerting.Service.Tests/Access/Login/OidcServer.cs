using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Rx.Alerting.Service.Tests.Access.Login;

/// <summary>
/// An identity provider on loopback that really signs: discovery, keys, the code flow with PKCE, and access tokens. Whoever comes to it is
/// the user that it has just now.
/// </summary>
internal sealed class OidcServer : IAsyncDisposable
{
    public const string Client = "rx", Secret = "of rx", Audience = "rx-api";

    private readonly Dictionary<string, (string Nonce, string Challenge, string Redirect)> codes = new(StringComparer.Ordinal);
    private WebApplication? app;
    private RsaSecurityKey key = NewKey();

    private OidcServer()
    {
    }

    public string Issuer { get; private set; } = "http://127.0.0.1:0";

    /// <summary>The claims of the user.</summary>
    public Dictionary<string, object> User { get; } =
        new() { ["sub"] = "248289761001", ["preferred_username"] = "ann", ["roles"] = new[] { "sre" } };

    public RsaSecurityKey Key => key;

    public static async Task<OidcServer> StartAsync()
    {
        var server = new OidcServer();
        await server.BeginAsync();
        return server;
    }

    /// <summary>Starts it, at its address of before.</summary>
    public async Task BeginAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add(Issuer);
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            ["code_challenge_methods_supported"] = new[] { "S256" },
        });
        app.MapGet("/keys", () =>
        {
            var known = JsonWebKeyConverter.ConvertFromRSASecurityKey(
                new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.KeyId });
            var one = new Dictionary<string, string>
            {
                ["kty"] = known.Kty,
                ["kid"] = known.Kid,
                ["n"] = known.N,
                ["e"] = known.E,
                ["use"] = "sig",
                ["alg"] = "RS256",
            };
            return new Dictionary<string, object> { ["keys"] = new[] { one } };
        });
        app.MapGet("/authorize", (HttpRequest request) =>
        {
            var (query, code) = (request.Query, Guid.NewGuid().ToString("N"));
            if (query["client_id"] != Client || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
                return Results.BadRequest();
            codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString());
            return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
        });
        app.MapPost("/token", async (HttpRequest request) => Exchange(await request.ReadFormAsync()));
        await app.StartAsync(TestContext.Current.CancellationToken);
        Issuer = app.Urls.First();
    }

    public async Task StopAsync()
    {
        await app!.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    /// <summary>Signs with a new key, and knows the old one no more.</summary>
    public void RotateKey() => key = NewKey();

    /// <summary>An access token for the API.</summary>
    public string AccessToken(Action<SecurityTokenDescriptor>? change = null) => Sign(Audience, change);

    public ValueTask DisposeAsync() => new(StopAsync());

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    private IResult Exchange(IFormCollection form)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!codes.Remove(form["code"].ToString(), out var asked)
            || asked.Challenge != challenge
            || asked.Redirect != form["redirect_uri"]
            || form["client_secret"] != Secret)
            return Results.BadRequest(new Dictionary<string, string> { ["error"] = "invalid_grant" });
        return Results.Json(new Dictionary<string, object>
        {
            ["token_type"] = "Bearer",
            ["access_token"] = AccessToken(),
            ["expires_in"] = 300,
            ["id_token"] = Sign(Client, descriptor => descriptor.Claims["nonce"] = asked.Nonce),
        });
    }

    private string Sign(string audience, Action<SecurityTokenDescriptor>? change)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(User),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }
}

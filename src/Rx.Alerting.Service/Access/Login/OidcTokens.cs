using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>Access tokens of the identity provider, which programs show.</summary>
/// <param name="options">Valid.</param>
/// <param name="provider">What the provider says of itself: its issuer and its keys.</param>
/// <param name="clock">Processing time.</param>
internal sealed class OidcTokens(OidcOptions options, OidcProvider provider, TimeProvider clock)
{
    /// <summary>Those with public keys. With <c>none</c> anybody, and with HS256 whoever knows a public key, could make a token.</summary>
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>How far the clocks of the provider and of the service may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Whether such tokens are taken.</summary>
    public bool AreTaken => options is { IsSet: true, Audience.Length: > 0 };

    /// <summary>Whose token it is.</summary>
    /// <exception cref="OidcUnavailableException">The provider does not answer.</exception>
    /// <returns>Null: it does not hold.</returns>
    public async Task<Caller?> FindAsync(string token, CancellationToken cancel)
    {
        var result = await ValidateAsync(token, cancel);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            provider.RequestRefresh(); // The provider may have new keys. It is asked every few minutes at most.
            result = await ValidateAsync(token, cancel);
        }

        return result.IsValid && OidcUser.Of(result.ClaimsIdentity, options) is { } user
            ? user.ToCaller() with { Means = CallerMeans.Token, Until = new(result.SecurityToken.ValidTo, TimeSpan.Zero) }
            : null;
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancel)
    {
        var configuration = await provider.GetConfigurationAsync(cancel);
        return await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = Skew,
            LifetimeValidator = (from, until, _, _) => IsNow(from, until),
        });
    }

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + Skew && !(from > now + Skew);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Access;

/// <summary>What a token gives, without the token.</summary>
/// <param name="Id">Names the token for people, in lists and logs.</param>
/// <param name="Name">The caller.</param>
/// <param name="Sha256">Of the token's text.</param>
/// <param name="Role">What its callers may do.</param>
/// <param name="Properties">What they may see. Empty: everything.</param>
/// <param name="CreatedAt">Null: it is configured.</param>
/// <param name="ExpiresAt">Null: never.</param>
internal sealed record TokenGrant(
    string Id,
    string Name,
    byte[] Sha256,
    [property: JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))] AccessRole Role,
    IReadOnlyList<string> Properties,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt)
{
    public bool HoldsAt(DateTimeOffset now) => !(ExpiresAt <= now);

    public Caller ToCaller() => new(Name, Role, PropertyScope.Of(Properties), CallerMeans.Token);

    /// <summary>The tokens that are configured.</summary>
    /// <param name="settings">Valid.</param>
    public static IEnumerable<TokenGrant> Of(Settings settings) => settings.AccessTokens.All.Select(token => new TokenGrant(
        $"Access:Tokens:{token.Key}",
        token.Key,
        token.Value.Token.Length > 0 ? ApiToken.HashOf(token.Value.Token) : Convert.FromHexString(token.Value.Sha256),
        token.Value.Role,
        token.Value.Properties ?? [],
        null,
        token.Value.ExpiresAt));
}

/// <summary>How the store keeps tokens.</summary>
[JsonSerializable(typeof(TokenGrant))]
internal sealed partial class TokenJson : JsonSerializerContext
{
    /// <summary>Null: another release has written it, and this one cannot read it. Then it gives nothing.</summary>
    public static TokenGrant? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.TokenGrant) is { Sha256.Length: 32, Properties: not null, Name: not null } grant
                && Enum.IsDefined(grant.Role) ? grant : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(TokenGrant grant) => JsonSerializer.SerializeToUtf8Bytes(grant, Default.TokenGrant);
}

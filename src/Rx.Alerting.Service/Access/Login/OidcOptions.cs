using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>An identity provider (OpenID Connect) where users log in. Its users are known by its issuer and their subject.</summary>
[OptionSection("Access:Oidc")]
internal sealed record OidcOptions : IValidatableObject
{
    /// <summary>The issuer, such as <c>https://login.example.org/realms/ops</c>. Empty: there is none.</summary>
    public string Authority { get; init; } = string.Empty;

    /// <summary>What the service is called there.</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>The secret of the service there. Empty: it has none, and PKCE alone protects logins.</summary>
    [Secret]
    public string ClientSecret { get; init; } = string.Empty;

    /// <summary>A file with the secret. It is read at the start.</summary>
    public string ClientSecretFile { get; init; } = string.Empty;

    /// <summary>The audience of access tokens for the API, which programs show as Bearer. Empty: such tokens are not taken.</summary>
    public string Audience { get; init; } = string.Empty;

    /// <summary>What is asked for at a login.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile"];

    /// <summary>The claim that has a user's name for people. Nothing depends on it.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>The claim that has a user's roles or groups there.</summary>
    [Required]
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Values of that claim that make a user a reader. A user with none of all these values may do nothing.</summary>
    public IReadOnlyList<string> Readers { get; init; } = [];

    /// <summary>Values of that claim that make a user an operator.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Values of that claim that make a user an admin.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Whether there is a provider.</summary>
    internal bool IsSet => Authority.Length > 0;

    /// <summary>The highest role of some values of <see cref="RoleClaim"/>.</summary>
    internal AccessRole RoleOf(IReadOnlyCollection<string> values) =>
        Admins.Any(values.Contains) ? AccessRole.Admin
        : Operators.Any(values.Contains) ? AccessRole.Operator
        : Readers.Any(values.Contains) ? AccessRole.Reader
        : AccessRole.None;

    /// <summary>What is wrong.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet)
        {
            // Who has forgotten it would have a service that is open to all of the machine.
            if (ClientId.Length + ClientSecret.Length + ClientSecretFile.Length + Audience.Length > 0
                || Readers.Count + Operators.Count + Admins.Count > 0)
            {
                yield return new("must be given, with any other Access:Oidc option", [nameof(Authority)]);
            }

            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
            || authority.UserInfo.Length + authority.Query.Length + authority.Fragment.Length > 0)
        {
            yield return new("must be the address of an issuer with https, without user, query and fragment", [nameof(Authority)]);
        }

        if (!Scopes.Contains("openid"))
            yield return new("must have openid: else it is no login", [nameof(Scopes)]);
        if (ClientId.Length == 0)
            yield return new("must be given, with Access:Oidc:Authority", [nameof(ClientId)]);
        if (RoleClaim.StartsWith("email", StringComparison.OrdinalIgnoreCase))
            yield return new($"is {RoleClaim}: whoever can change an e-mail address there would get its role", [nameof(RoleClaim)]);
        if (Readers.Count + Operators.Count + Admins.Count == 0)
            yield return new("must be given, or Operators, or Admins: else nobody may do anything", [nameof(Readers)]);
    }
}

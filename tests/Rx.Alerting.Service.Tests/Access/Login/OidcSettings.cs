using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Access.Login;

/// <summary>Settings with an identity provider.</summary>
internal static class OidcSettings
{
    public static Settings Of(TemporaryFolder folder, OidcServer server, params (string, string)[] others) => AccessSettings.WithTokens(
        folder,
        [
            ("Access:Oidc:Authority", server.Issuer),
            ("Access:Oidc:ClientId", OidcServer.Client),
            ("Access:Oidc:ClientSecret", OidcServer.Secret),
            ("Access:Oidc:Audience", OidcServer.Audience),
            ("Access:Oidc:Readers", "support,everybody"),
            ("Access:Oidc:Operators", "sre"),
            ("Access:Oidc:Admins", "owner"),
            .. others,
        ]);
}

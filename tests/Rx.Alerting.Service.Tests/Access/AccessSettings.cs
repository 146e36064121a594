using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Settings with tokens, one for each role and scope that a test needs.</summary>
internal static class AccessSettings
{
    public static string Reader { get; } = ApiToken.Create();

    public static string Operator { get; } = ApiToken.Create();

    public static string Admin { get; } = ApiToken.Create();

    /// <summary>An admin of property <c>mine</c>.</summary>
    public static string Scoped { get; } = ApiToken.Create();

    public static Settings WithTokens(TemporaryFolder folder, params (string Key, string Value)[] others) =>
        Of(folder, [.. Tokens(), .. others]);

    /// <summary>The settings of the tokens.</summary>
    public static (string Key, string Value)[] Tokens() =>
    [
        ("Access:Anonymous", "none"),
        .. Token("reading", Reader, AccessRole.Reader),
        .. Token("operating", Operator, AccessRole.Operator),
        .. Token("administering", Admin, AccessRole.Admin),
        .. Token("scoped", Scoped, AccessRole.Admin),
        ("Access:Tokens:scoped:Properties", "mine,shop*"),
    ];

    public static Settings Of(TemporaryFolder folder, params (string Key, string Value)[] values)
    {
        var loader = new SettingsLoader();
        loader.Add(values.Select(value => (value.Key, value.Value, "a test")).Prepend(("Sqlite:Path", folder["state.db"], "a test")));
        return loader.Build();
    }

    private static (string Key, string Value)[] Token(string name, string token, AccessRole role) =>
    [
        ($"Access:Tokens:{name}:Sha256", Convert.ToHexStringLower(ApiToken.HashOf(token))),
        ($"Access:Tokens:{name}:Role", role.ToString()),
    ];
}

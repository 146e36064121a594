using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access;

/// <summary>
/// A token that is configured, besides those of <c>rx-alerting token create</c>. It has one of <see cref="TokenFile"/>, <see
/// cref="Sha256"/> and <see cref="Token"/>. Its name is what commands are told under.
/// </summary>
[OptionSection("Access:Tokens:NAME")]
internal sealed record TokenOptions : IValidatableObject
{
    /// <summary>The token, as <c>rx-alerting token new</c> makes it.</summary>
    [Secret]
    public string Token { get; init; } = string.Empty;

    /// <summary>A file with the token. It is read at the start.</summary>
    public string TokenFile { get; init; } = string.Empty;

    /// <summary>The SHA-256 of the token, in place of the token: 64 hexadecimal digits.</summary>
    [Pattern("([0-9a-fA-F]{64})?", "64 hexadecimal digits")]
    public string Sha256 { get; init; } = string.Empty;

    /// <summary>What callers with the token may do.</summary>
    public AccessRole Role { get; init; } = AccessRole.Reader;

    /// <summary>
    /// The properties that they may see, by their exact names. If it is not set: all, and incidents of the whole platform. So it must not
    /// be set to nothing.
    /// </summary>
    public IReadOnlyList<string>? Properties { get; init; }

    /// <summary>When the token ends. Empty: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token.Length > 0 && !ApiToken.IsWellFormed(Token))
            yield return new("is no token, must be as rx-alerting token new makes it", [nameof(Token)]);
        if (Token.Length > 0 == Sha256.Length > 0)
            yield return new($"or {nameof(TokenFile)} must be given, and not both", [nameof(Sha256)]);
        if (Properties is [])
            yield return new("is empty, must have a property; a token without this option sees all", [nameof(Properties)]);
        if (Role == AccessRole.None)
            yield return new("is none, must be reader, operator or admin", [nameof(Role)]);
    }
}

using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access;

/// <summary>Who may use the HTTP API. docs/access.md describes it.</summary>
[OptionSection("Access")]
internal sealed record AccessOptions : IValidatableObject
{
    /// <summary>
    /// What callers may do who show neither a token nor a user. <c>auto</c>: nothing, except for <see cref="Local"/> callers. With
    /// <c>none</c>, tokens are made by <c>rx-alerting token create</c>.
    /// </summary>
    public AccessRole? Anonymous { get; init; }

    /// <summary>
    /// What such callers may do on this machine itself. <c>auto</c>: everything, if the service listens on loopback addresses only, and no
    /// other option of Access is set; else the same as others.
    /// </summary>
    public AccessRole? Local { get; init; }

    /// <summary>
    /// Names by which such callers may ask (<c>Host</c>), such as <c>rx.example.org</c> and <c>*.example.org</c>; <c>*</c> is any name.
    /// Addresses, and names that no site can have, are always allowed: without a dot, or with the end localhost, local, internal or svc.
    /// </summary>
    [Pattern(@"\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", "names of hosts such as rx.example.org and *.example.org, without a port")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What is wrong with <see cref="Local"/>.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Local < Anonymous)
        {
            yield return new(
                $"is {OptionText.Of(Local)}, must not be less than Access:Anonymous ({OptionText.Of(Anonymous)}): that holds here, too",
                [nameof(Local)]);
        }
    }
}

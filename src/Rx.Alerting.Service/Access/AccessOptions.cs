using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Access;

/// <summary>Who may use the HTTP API. docs/access.md describes it.</summary>
[OptionSection("Access")]
internal sealed record AccessOptions
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
}

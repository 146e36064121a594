namespace Rx.Alerting.Service.Access;

/// <summary>Why the caller of a request is not known, for the answer.</summary>
/// <param name="Reason">A sentence.</param>
/// <param name="Wait">How long the caller should wait; null: it may try again.</param>
/// <param name="IsOurs">Whether the service cannot tell just now, because its store does not answer.</param>
internal sealed record AccessFailure(string Reason, TimeSpan? Wait = null, bool IsOurs = false);

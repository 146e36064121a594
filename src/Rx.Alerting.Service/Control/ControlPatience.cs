namespace Rx.Alerting.Service.Control;

/// <summary>How long a command is waited for.</summary>
/// <param name="Longest">The bound; infinite: as long as the service runs.</param>
/// <param name="Keeps">
/// Whether a command for which there was no pipeline takes effect on one that begins here later. Otherwise it is dropped, and the sender is
/// told.
/// </param>
internal readonly record struct ControlPatience(TimeSpan Longest, bool Keeps);

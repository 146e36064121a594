namespace Rx.Alerting.Service.Forms;

/// <summary>What has become of a form.</summary>
/// <param name="IsDone">Whether it has taken effect, and that is committed; else there was nothing to do.</param>
/// <param name="Text">A sentence.</param>
public sealed record FormOutcome(bool IsDone, string Text);

namespace Rx.Alerting.Core.Windows;

/// <summary>What becomes of a series when the incident stage has looked at its observation.</summary>
internal enum FeedbackKind
{
    /// <summary>The series goes on.</summary>
    None,

    /// <summary>An incident opens. It holds the series: nothing is learned until it ends.</summary>
    Hold,

    /// <summary>The incident has ended. Its window starts anew; a property's incident also restarts those of its titles.</summary>
    Restart,

    /// <summary>
    /// The incident has ended because its level is normal from now on. As <see cref="Restart"/>; the baseline takes over the level.
    /// </summary>
    Accept,
}

/// <summary>The way back from incidents to windows.</summary>
/// <param name="Series">Which series.</param>
/// <param name="Kind">What becomes of the series.</param>
/// <param name="At">Event time (ms since the Unix epoch).</param>
/// <param name="Level">
/// With <see cref="FeedbackKind.Hold"/>: the window that opened the incident. With <see cref="FeedbackKind.Accept"/>: the window whose rate
/// is normal from now on.
/// </param>
internal readonly record struct Feedback(SeriesId Series, FeedbackKind Kind, long At, WindowCount Level = default);

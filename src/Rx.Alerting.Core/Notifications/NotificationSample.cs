using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>A notification of nothing real, to try channels and templates with.</summary>
public static class NotificationSample
{
    private static readonly TimeSpan Lasted = TimeSpan.FromMinutes(10);

    /// <summary>The course that is shown, in views of 200.</summary>
    private static readonly int[] Failed = [12, 20, 38, 52, 54, 50];

    /// <summary>The end of a sample.</summary>
    /// <param name="opened">The sample.</param>
    /// <param name="reference">What the receiver has answered to it.</param>
    public static Notification Closed(Notification opened, string? reference)
    {
        var incident = opened.Incident with { Status = IncidentStatus.Closed, ResolvedAt = opened.Incident.UpdatedAt };
        return opened with
        {
            DeliveryId = $"{opened.DeliveryId}-closed",
            Event = NotificationEvent.Closed,
            Incidents = [incident],
            IsOver = true,
            Reference = reference,
        };
    }

    /// <param name="now">Until when it is said to have happened.</param>
    /// <param name="deliveryId">Its id.</param>
    public static Notification Of(DateTimeOffset now, string deliveryId = "sample") => new()
    {
        DeliveryId = deliveryId,
        ThreadId = deliveryId,
        Event = NotificationEvent.Opened,
        IsOver = false,
        IsLoud = true,
        Occurrence = 0,
        Incidents =
        [
            new()
            {
                Id = deliveryId,
                IncidentKey = deliveryId,
                Status = IncidentStatus.Open,
                Severity = IncidentSeverity.Warning,
                MeasuredValue = 0.25,
                Threshold = 0.05,
                SampleSize = 200,
                MeasuredSince = now - Lasted,
                ExpectedValue = 0.01,
                PeakValue = 0.25,
                AffectedViews = 50,
                AffectedViewsPerHour = 50,
                AffectedViewsPerHourOnOpen = 50,
                StartedAt = now - Lasted,
                UpdatedAt = now,
                WindowStartedAt = now - Lasted,
                Description = "This is a test of a channel. Nothing is wrong.",
                ErrorDescription = "this is a test of a channel, nothing is wrong",
                ErrorType = "test",
                PropertyId = "test",
                Breakdowns = [new("error_type", "test", 1)],
                Timeline =
                [
                    .. Failed.Select((errors, i) => new TimelinePoint(now - Lasted + (Lasted * i / (Failed.Length - 1)), 200, errors)),
                ],
            },
        ],
    };
}

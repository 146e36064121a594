using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Testing.Notifications;

/// <summary>Makes notifications that differ only in what a test is about.</summary>
public static class NotificationSamples
{
    /// <summary>A title as somebody writes it who wants to harm.</summary>
    public const string HostileTitle = "<!channel> & <@U12345678> *bold* \"}]\\ \u202Egnp.exe\r\n\u0007<https://evil.example|click>";

    /// <summary>Events that people are to look at.</summary>
    private static readonly NotificationEvent[] Loud =
    [
        NotificationEvent.Opened, NotificationEvent.Reopened, NotificationEvent.SeverityRaised, NotificationEvent.Reminder,
        NotificationEvent.Closed, NotificationEvent.Expired,
    ];

    public static Notification Sample(
        NotificationEvent what = NotificationEvent.Opened, string? reference = null, params Incident[] incidents)
    {
        var isOver = what is NotificationEvent.Closed or NotificationEvent.Expired or NotificationEvent.Folded;
        var status = what switch
        {
            NotificationEvent.Closed => IncidentStatus.Closed,
            NotificationEvent.Expired => IncidentStatus.Expired,
            _ => IncidentStatus.Open,
        };
        return new()
        {
            DeliveryId = $"delivery-{what}",
            ThreadId = "5f0d0c8a4e2b",
            Event = what,
            Incidents = incidents.Length > 0 ? incidents : [Titled("5f0d0c8a4e2b", status)],
            Parts = [.. incidents.Where(incident => incident is { Status: IncidentStatus.Open, Inhibited: true }).Select(part => part.Id)],
            IsOver = isOver,
            IsLoud = Loud.Contains(what),
            Occurrence = what == NotificationEvent.Reopened ? 1 : 0,
            Reference = reference,
            Link = new("https://alerting.example.com/incidents/5f0d0c8a4e2b"),
        };
    }

    /// <summary>An incident of a title.</summary>
    public static Incident Titled(
        string id,
        IncidentStatus status = IncidentStatus.Open,
        string title = "Enlace",
        IncidentSeverity severity = IncidentSeverity.Warning) =>
        IncidentSamples.Sample(id, status, severity: severity, affected: 1234) with { VideoId = "v-1", VideoTitle = title };
}

using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Words that several pages have.</summary>
internal static class PageWords
{
    /// <summary>What an incident is about: <c>“Enlace” of 40213</c>, <c>Property 40213</c>, <c>Many properties</c>.</summary>
    public static string Subject(Incident incident) => incident.Level switch
    {
        IncidentLevel.Platform => "Many properties",
        IncidentLevel.Property => $"Property {IncidentWords.Property(incident)}",
        _ => IncidentWords.Subject(incident),
    };

    /// <summary>The address of an incident's page. An id is escaped, so the address stays on this host and in this folder.</summary>
    public static string Address(Incident incident) => $"/incidents/{Uri.EscapeDataString(incident.Id)}";

    /// <summary>A number with its noun: <c>1 part</c>, <c>2 parts</c>.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{IncidentWords.Count(number)} {noun}s";
}

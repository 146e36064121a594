using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Words that several pages have.</summary>
internal static class PageWords
{
    /// <summary>
    /// What an incident is about: <c>“Enlace”, property 40213</c>, <c>Property 40213</c>, <c>Many properties</c>. A name that is a bare
    /// number would say nothing without its label.
    /// </summary>
    public static string Subject(Incident incident) =>
        Owner(incident) is { } owner ? $"{Name(incident)}, {owner}" : Name(incident);

    /// <summary>The name of what an incident is about, without what that belongs to: <c>“Enlace”</c>, <c>Property 40213</c>.</summary>
    public static string Name(Incident incident) => incident.Level switch
    {
        IncidentLevel.Platform => "Many properties",
        IncidentLevel.Property => $"Property {IncidentWords.Property(incident)}",
        _ => $"“{IncidentWords.Printable(incident.VideoTitle ?? incident.VideoId!)}”",
    };

    /// <summary>What a title belongs to: <c>property 40213</c>. Null: it is no title.</summary>
    public static string? Owner(Incident incident) =>
        incident.Level == IncidentLevel.Title ? $"property {IncidentWords.Property(incident)}" : null;

    /// <summary>What a failed view said, or its error type with its label: <c>The network was lost</c>, <c>error 3</c>.</summary>
    public static string Failure(Incident incident) =>
        Type(incident) is null ? Error(incident.ErrorType) : IncidentWords.Printable(incident.ErrorDescription);

    /// <summary>The error type with its label: <c>error 3</c>. Null where <see cref="Failure"/> says it already.</summary>
    public static string? Type(Incident incident) =>
        incident.ErrorDescription == incident.ErrorType ? null : Error(incident.ErrorType);

    /// <summary>Such as <c>error 3</c>, <c>error networkError</c>.</summary>
    public static string Error(string type) => $"error {IncidentWords.Printable(type)}";

    /// <summary>The address of an incident's page. An id is escaped, so the address stays on this host and in this folder.</summary>
    public static string Address(Incident incident) => Address(incident.Id);

    /// <inheritdoc cref="Address(Incident)"/>
    public static string Address(string incidentId) => $"/incidents/{Uri.EscapeDataString(incidentId)}";

    /// <summary>A number with its noun: <c>1 part</c>, <c>2 parts</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">Of one.</param>
    /// <param name="plural">Null: with an s behind.</param>
    public static string Count(long number, string noun, string? plural = null) =>
        number == 1 ? $"1 {noun}" : $"{IncidentWords.Count(number)} {plural ?? $"{noun}s"}";
}

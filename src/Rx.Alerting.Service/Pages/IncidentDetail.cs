using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages;

/// <summary>What the page of an incident shows.</summary>
public sealed record IncidentDetail
{
    /// <summary>More parts, or occurrences, are counted, and not listed.</summary>
    public const int Most = 50;

    public required Incident Incident { get; init; }

    /// <summary>The incident that it is part of. Null: none.</summary>
    public required Incident? Whole { get; init; }

    /// <summary>Its parts, the most urgent first.</summary>
    public required IReadOnlyList<Incident> Parts { get; init; }

    public required int AllParts { get; init; }

    /// <summary>Other incidents of the same property, title and error type, the latest first.</summary>
    public required IReadOnlyList<Incident> Others { get; init; }

    public required int AllOthers { get; init; }

    /// <summary>Other open incidents that have the same cause.</summary>
    public required IReadOnlyList<Incident> Similar { get; init; }

    /// <summary>What channels have told of it, and what not, the latest first.</summary>
    public IReadOnlyList<Told> Told { get; init; } = [];

    /// <summary>Why <see cref="Told"/> may be old, as a sentence; null: it is not.</summary>
    public string? ToldProblem { get; init; }

    /// <summary>What has to happen until it is over, in sentences; null: it is over.</summary>
    public string? Ending { get; init; }

    /// <summary>Channels that are configured.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    internal static IncidentDetail Of(Incident incident, VisibleIncidents visible, IncidentBook book)
    {
        var parts = book.PartsOf(incident.Id).Where(one => one.Id != incident.Id).ToArray();
        Array.Sort(parts, IncidentList.Order(IncidentSort.Severity));
        var others = Array.FindAll(visible.OfKey(incident.IncidentKey), one => one.Id != incident.Id);
        Array.Sort(others, IncidentList.Order(IncidentSort.Newest));
        return new()
        {
            Incident = incident,
            Whole = incident.ParentId is { } id ? visible.Find(id) : null,
            Parts = [.. parts.Take(Most)],
            AllParts = parts.Length,
            Others = [.. others.Take(Most)],
            AllOthers = others.Length,
            Similar = [.. incident.Similar.Select(visible.Find).OfType<Incident>().Take(Most)],
        };
    }
}

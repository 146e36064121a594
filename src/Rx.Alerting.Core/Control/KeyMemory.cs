using System.Text;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Control;

/// <summary>Forgets windows and baselines, except those that an open incident holds.</summary>
internal sealed class KeyMemory(WindowState windows, IncidentState incidents, FacetState facets) : IKeyMemory
{
    /// <summary>So many incidents are named.</summary>
    private const int Named = 5;

    public string? Forget(ForgetCommand command)
    {
        if (windows.FindProperty(Bytes(command.Property)) is not { } property)
            return $"nothing is known of property {command.Property}";
        var title = command.Title is null ? null : windows.FindTitle(property, Bytes(command.Title));
        if (command.Title is not null && title?.Property != property)
            return $"nothing is known of title {command.Title} of property {command.Property}";
        var key = (Key?)title ?? property;
        var series = command.ErrorType is null ? null : key.Find(KeyHash.Of(command.ErrorType));
        if (command.ErrorType is not null && series is null)
            return $"nothing is known of error type {command.ErrorType} of {Name(command)}";
        if (Held(property, title, series) is { Count: > 0 } held)
            return $"{Incidents(held)}: close {(held.Count == 1 ? "it" : "them")} first";

        if (series is not null)
            windows.Forget(series);
        else if (title is not null)
            windows.Forget(title);
        else
            Forget(property);
        return null;
    }

    private void Forget(Property property)
    {
        windows.Forget(property);
        facets.Forget(property.Hash);
    }

    private List<OpenIncident> Held(Property property, Title? title, ErrorSeries? series) =>
    [
        .. incidents.All.Where(open => open.Series.PropertyHash == property.Hash
            && (title is null || title.Name.AsSpan().SequenceEqual(open.Series.Title))
            && (series is null || open.Series.ErrorTypeHash == series.TypeHash)),
    ];

    private static string Incidents(List<OpenIncident> held)
    {
        var ids = string.Join(", ", held.Take(Named).Select(IncidentSnapshot.IdOf));
        return held.Count == 1 ? $"incident {ids} is open there" : $"{held.Count} incidents are open there, such as {ids}";
    }

    private static string Name(ForgetCommand command) =>
        command.Title is null ? $"property {command.Property}" : $"title {command.Title} of property {command.Property}";

    private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name);
}

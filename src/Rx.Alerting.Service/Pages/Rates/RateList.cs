using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages.Rates;

/// <summary>Error rates of properties, or of the titles of one.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Keys">In order; bounded.</param>
/// <param name="Total">How many match.</param>
/// <param name="Open">Open incidents that the reader may see, by property.</param>
/// <param name="Problem">Why there are no rates, or not all, as a sentence. Null: there is no reason.</param>
public sealed record RateList(
    RateFilter Filter, IReadOnlyList<KeyRates> Keys, long Total, IReadOnlyDictionary<string, int> Open, string? Problem)
{
    /// <summary>Texts of titles by their ids, where an incident that is kept has told one.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>What error types mean, where an incident that is kept has told it.</summary>
    public ErrorDescriptions Descriptions { get; init; } = ErrorDescriptions.None;

    public int Pages => (int)Math.Clamp((Total + RateFilter.OnPage - 1) / RateFilter.OnPage, 1, RateFilter.MostPages);
}

/// <summary>A property: its own error rates, its open incidents, and its titles.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rates">Null: this process knows none.</param>
/// <param name="Incidents">Its open incidents, and those of its titles; the most urgent first; bounded.</param>
/// <param name="AllIncidents">How many there are.</param>
/// <param name="Titles">Its titles.</param>
public sealed record PropertyDetail(
    string Name, KeyRates? Rates, IReadOnlyList<Incident> Incidents, int AllIncidents, RateList Titles);

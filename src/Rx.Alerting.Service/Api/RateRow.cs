using System.Text.Json.Serialization;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Api;

/// <summary>The error rates of a property or a title, in its largest window.</summary>
/// <param name="PropertyId">The property.</param>
/// <param name="VideoId">The id of the title. Absent: these are the rates of the property.</param>
/// <param name="Views">Views in the window.</param>
/// <param name="Errors">Views of those that failed.</param>
/// <param name="ErrorRate">The share of all views that fails, 0–1: the sum over the error types, whose windows may be shorter.</param>
/// <param name="NormalRate">The share of all views that normally fails, 0–1: the sum of what is normal for each error type.</param>
/// <param name="TotalViews">Views that were ever counted.</param>
/// <param name="LastViewAt">Event time of the latest view, to a pane.</param>
/// <param name="ErrorTypes">The worst first; see <see cref="WorstFirst"/>.</param>
internal sealed record KeyRow(
    string PropertyId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? VideoId,
    long Views,
    long Errors,
    double ErrorRate,
    double NormalRate,
    long TotalViews,
    DateTimeOffset LastViewAt,
    IReadOnlyList<RateRow> ErrorTypes)
{
    /// <param name="key">As a pipeline has it.</param>
    /// <param name="incidents">The open incidents that the caller may see.</param>
    /// <param name="descriptions">Of those that the caller may see.</param>
    public static KeyRow Of(
        KeyRates key, ILookup<(string?, string?, string), Incident> incidents, ErrorDescriptions descriptions) => new(
        key.Property,
        key.Title,
        key.WindowViews,
        key.WindowErrors,
        Math.Round(WorstFirst.Failing(key), 9),
        Math.Round(WorstFirst.Normal(key), 9),
        key.Views,
        key.LastView,
        [.. key.ErrorTypes.Select(type => RateRow.Of(
            type,
            descriptions.Find(key.Property, type.ErrorType),
            type.IsHeld ? incidents[(key.Property, key.Title, type.ErrorType)].FirstOrDefault() : null))]);
}

/// <summary>The rate of one error type in the largest window.</summary>
/// <param name="ErrorType">Its name.</param>
/// <param name="ErrorDescription">What failed views have said, of an incident of that error type that is kept. Absent: none.</param>
/// <param name="Views">Views in the window. After an incident it begins anew, so there may be less than all.</param>
/// <param name="Errors">Views of those that failed with the error type.</param>
/// <param name="ErrorRate">Errors by views, 0–1.</param>
/// <param name="NormalRate">The rate that is normal, 0–1, learned from the past.</param>
/// <param name="Threshold">The smallest rate of such a window that is an anomaly beside what is normal, 0–1.</param>
/// <param name="ApartFrom">
/// Of a title whose whole property fails: the smallest rate at which it is told apart from its property, 0–1. Absent: the threshold.
/// </param>
/// <param name="Deviation">How far the errors are above what is normal, in standard deviations.</param>
/// <param name="LastErrorAt">Event time of the latest error, to a pane.</param>
/// <param name="IncidentId">The open incident about it. Absent: there is none.</param>
internal sealed record RateRow(
    string ErrorType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorDescription,
    long Views,
    long Errors,
    double ErrorRate,
    double NormalRate,
    double Threshold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ApartFrom,
    double Deviation,
    DateTimeOffset LastErrorAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IncidentId)
{
    public static RateRow Of(ErrorTypeRate rate, string? description, Incident? incident) => new(
        rate.ErrorType,
        description,
        rate.Views,
        rate.Errors,
        Rounded(rate.Error),
        Rounded(rate.Baseline),
        Rounded(rate.Threshold),
        rate.ApartFrom is { } apart ? Rounded(apart) : null,
        Math.Round(rate.Deviation, 2),
        rate.LastError,
        incident?.Id);

    private static double Rounded(double value) => Math.Round(value, 9);
}

using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>Answers as they may be, for people who read the document of the API.</summary>
internal static class ApiExamples
{
    public const string PropertyName = "shop-eu";

    private const string TitleId = "film-1041";

    public static readonly DateTimeOffset At = new(2026, 11, 30, 3, 12, 0, TimeSpan.Zero);

    public static readonly Incident Incident = new()
    {
        Id = "1ea173336f7521bf6977",
        IncidentKey = "b07d5e11",
        Status = IncidentStatus.Open,
        Severity = IncidentSeverity.Alert,
        MeasuredValue = 0.21,
        Threshold = 0.034,
        SampleSize = 1000,
        MeasuredSince = At.AddMinutes(-10),
        ExpectedValue = 0.012,
        PeakValue = 0.24,
        AffectedViews = 214,
        AffectedViewsPerHour = 1284,
        AffectedViewsPerHourOnOpen = 960,
        StartedAt = At.AddMinutes(-10),
        Description = "21 % of views of property shop-eu fail with network",
        ErrorDescription = "network",
        Breakdowns = [new("property_id", PropertyName, 1)],
        PropertyId = PropertyName,
        ErrorType = "network",
        WindowStartedAt = At.AddMinutes(-14),
        UpdatedAt = At,
        Timeline = [new(At.AddMinutes(-2), 412, 9), new(At.AddMinutes(-1), 405, 88)],
    };

    private static readonly RateRow Network = new(
        "network", "The network was lost", 1000, 210, 0.21, 0.012, 0.034, null, 31.5, At, Incident.Id);

    private static readonly KeyRow Property = new(PropertyName, null, 1000, 214, 0.214, 0.015, 1_204_377, At, [Network]);

    private static readonly KeyRow Title = new(
        PropertyName,
        TitleId,
        320,
        41,
        0.128,
        0.015,
        8031,
        At,
        [Network with { Views = 320, Errors = 41, ErrorRate = 0.128, IncidentId = null }]);

    public static readonly long[] Timeframe = [At.AddMinutes(-10).ToUnixTimeSeconds(), At.ToUnixTimeSeconds()];

    public static PageEnvelope Incidents { get; } = new([Incident], Timeframe, 1, null);

    public static ItemEnvelope OneIncident { get; } = new(Incident, Timeframe, [], 0);

    public static KeysEnvelope Properties { get; } = new([Property], Timeframe, 1, null);

    public static KeysEnvelope Titles { get; } = new([Title], Timeframe, 1, null);

    public static RatesEnvelope ErrorRates { get; } = new([Network], Timeframe, 1, null);

    public static ControlReply Reply { get; } = new(
        "7f3c", "acknowledge", "alerting-0", ReplyStatus.Done, null, [new("kafka/views", ReplyStatus.Done, null, At)]);
}

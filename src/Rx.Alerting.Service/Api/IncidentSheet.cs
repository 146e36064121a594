using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>Incidents as a table for spreadsheets.</summary>
internal static class IncidentSheet
{
    public static IResult Of(IEnumerable<Incident> incidents)
    {
        var table = new Csv(
            "id", "status", "severity", "level", "property_id", "video_id", "video_title", "error_type", "description", "started_at",
            "updated_at", "resolved_at", "measured_value", "expected_value", "peak_value", "threshold", "sample_size", "affected_views",
            "affected_views_per_hour", "reopenings", "acknowledged_by");
        foreach (var one in incidents)
        {
            table.Add(
                one.Id,
                Lower(one.Status),
                Lower(one.Severity),
                Lower(one.Level),
                one.PropertyId,
                one.VideoId,
                one.VideoTitle,
                one.ErrorType,
                one.Description,
                one.StartedAt,
                one.UpdatedAt,
                one.ResolvedAt,
                one.MeasuredValue,
                one.ExpectedValue,
                one.PeakValue,
                one.Threshold,
                one.SampleSize,
                one.AffectedViews,
                one.AffectedViewsPerHour,
                one.Reopenings,
                one.Acknowledgement?.By);
        }

        return table.ToResult("incidents");
    }

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}

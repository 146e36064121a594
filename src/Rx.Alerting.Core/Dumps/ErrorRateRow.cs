using System.Text.Json;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Dumps;

/// <summary>A row of a dump of error rates.</summary>
internal readonly struct ErrorRateRow
{
    private const int Decimals = 9;

    /// <summary>The largest window.</summary>
    public required WindowCount Window { get; init; }

    /// <summary>The error rate that is normal for the window, as the property is doing just now.</summary>
    public required double Expected { get; init; }

    /// <summary>The error rate that the baseline has learned.</summary>
    public required double Belief { get; init; }

    public required double Overdispersion { get; init; }

    /// <summary>The smallest error rate of the window that is an anomaly. Null: the window has no views.</summary>
    public required double? Threshold { get; init; }

    /// <summary>The open incident of the series.</summary>
    public required string? Incident { get; init; }

    /// <summary>Writes the row of a key that never had an error.</summary>
    public static void Write(DumpFile file, Property property, Title? title, int largest)
    {
        var key = (Key?)title ?? property;
        var row = Begin(file, property, title, errorType: null);
        row.WriteNumber("views"u8, Math.Min(key.Position, largest));
        row.WriteNumber("errors"u8, 0);
        row.WriteNumber("error_rate"u8, 0);
        row.WriteNull("expected_rate"u8);
        row.WriteNull("baseline_rate"u8);
        row.WriteNull("baseline_views"u8);
        row.WriteNull("overdispersion"u8);
        row.WriteNull("threshold"u8);
        End(file, row, key, isHeld: false, incident: null);
    }

    /// <summary>Writes the row of a series.</summary>
    public static void Write(DumpFile file, Property property, Title? title, ErrorSeries series, in ErrorRateRow values)
    {
        var row = Begin(file, property, title, series.Type);
        row.WriteNumber("views"u8, values.Window.Views);
        row.WriteNumber("errors"u8, values.Window.Errors);
        row.WriteNumber("error_rate"u8, Rounded(values.Window.Rate));
        row.WriteNumber("expected_rate"u8, Rounded(values.Expected));
        row.WriteNumber("baseline_rate"u8, Rounded(values.Belief));
        row.WriteNumber("baseline_views"u8, Math.Round(series.Learned, 1));
        row.WriteNumber("overdispersion"u8, Rounded(values.Overdispersion));
        if (values.Threshold is { } threshold)
            row.WriteNumber("threshold"u8, Rounded(threshold));
        else
            row.WriteNull("threshold"u8);
        End(file, row, series.Key, series.Held, values.Incident);
    }

    private static Utf8JsonWriter Begin(DumpFile file, Property property, Title? title, byte[]? errorType)
    {
        var row = file.Begin();
        row.WriteStartObject();
        row.WriteString("property"u8, property.Name);
        WriteText(row, "title"u8, title?.Name);
        WriteText(row, "error_type"u8, errorType);
        return row;
    }

    private static void End(DumpFile file, Utf8JsonWriter row, Key key, bool isHeld, string? incident)
    {
        row.WriteNumber("total_views"u8, key.Position);
        if (key.LastSeen == long.MinValue)
            row.WriteNull("last_view_at"u8);
        else
            row.WriteString("last_view_at"u8, DateTimeOffset.FromUnixTimeMilliseconds(key.LastSeen));
        row.WriteBoolean("has_incident"u8, isHeld);
        row.WriteString("incident_id"u8, incident);
        row.WriteEndObject();
        file.EndRow();
    }

    private static void WriteText(Utf8JsonWriter row, ReadOnlySpan<byte> name, byte[]? text)
    {
        if (text is null)
            row.WriteNull(name);
        else
            row.WriteString(name, text);
    }

    private static double Rounded(double value) => Math.Round(value, Decimals);
}

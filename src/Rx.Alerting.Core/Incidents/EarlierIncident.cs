using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Incidents in the checkpoints of earlier releases, and their upgrade.</summary>
internal static class EarlierIncident
{
    /// <summary>Before there were reasons, parents, silences and trails. Must never change.</summary>
    public const string Layout = IncidentEncoding.BeginOfLayout + "propertyId text, videoId text, videoTitle text, errorType text, "
        + "windowStartedAt i64, updatedAt i64, lateViews i64, inhibited bool, acceptedAsNormal bool, " + IncidentEncoding.EndOfLayout;

    /// <summary>Before it was said what explains an incident. Must never change.</summary>
    public const string UnexplainedLayout = IncidentEncoding.BeginOfLayout + "propertyId text, videoId text, videoTitle text, "
        + "errorType text, windowStartedAt i64, updatedAt i64, lateViews i64, reason u8, parentId text, standsOut bool, "
        + "affectedTitles i32, affectedProperties i32, reopenings i32, flapping bool, isAcknowledged bool, "
        + "acknowledgedBy text if isAcknowledged, acknowledgedAt i64 if isAcknowledged, acknowledgementNote text if isAcknowledged, "
        + "silencedBy [id text], trail [at i64, transition u8, reason u8, by text, note text], " + IncidentEncoding.EndOfLayout;

    /// <summary>Before it was said what is normal for what an incident is about. Must never change.</summary>
    public const string UnratedLayout = IncidentEncoding.BeginOfLayout + "propertyId text, videoId text, videoTitle text, "
        + "errorType text, windowStartedAt i64, updatedAt i64, lateViews i64, reason u8, parentId text, standsOut bool, "
        + "affectedTitles i32, affectedProperties i32, reopenings i32, flapping bool, isAcknowledged bool, "
        + "acknowledgedBy text if isAcknowledged, acknowledgedAt i64 if isAcknowledged, acknowledgementNote text if isAcknowledged, "
        + "silencedBy [id text], trail [at i64, transition u8, reason u8, by text, note text], explainedBy u8, explanations [dimensions "
        + "[name text, value text], share f64, errorRate f64, normalRate f64, lift f64, views i64, affectedViews i64], "
        + "similar [id text], " + IncidentEncoding.EndOfLayout;

    /// <summary>Upgrades the fields of <see cref="UnratedLayout"/>: what was normal is not known, nor whether it recovers.</summary>
    public static void UpgradeUnrated(JsonObject fields)
    {
        fields["isRated"] = false;
        fields["recovering"] = false;
        fields["peakValue"] = fields["timeline"]!.AsArray()
            .Select(point => (Views: point!["views"]!.GetValue<long>(), Errors: point["errors"]!.GetValue<long>()))
            .Select(point => point.Views > 0 ? (double)point.Errors / point.Views : 0)
            .Append(fields["measuredValue"]!.GetValue<double>())
            .Max();
    }

    /// <summary>Upgrades the fields of <see cref="UnexplainedLayout"/> to those of <see cref="UnratedLayout"/>.</summary>
    public static void UpgradeUnexplained(JsonObject fields)
    {
        Unexplained(fields);
        fields["similar"] = new JsonArray();
    }

    /// <summary>Nothing is known of what explains an incident.</summary>
    public static void Unexplained(JsonObject fields)
    {
        fields["explainedBy"] = (byte)0;
        fields["explanations"] = new JsonArray();
    }

    /// <summary>Upgrades the fields of <see cref="Layout"/> to those of <see cref="UnexplainedLayout"/>.</summary>
    public static void Upgrade(JsonObject fields)
    {
        var accepted = Taken("acceptedAsNormal").GetValue<bool>();
        Taken("inhibited"); // By what is not known.
        fields["reason"] = (IncidentStatus)fields["status"]!.GetValue<byte>() switch
        {
            IncidentStatus.Closed => IncidentEncoding.Number(accepted ? IncidentReason.AcceptedAsNormal : IncidentReason.Calm),
            IncidentStatus.Expired => IncidentEncoding.Number(IncidentReason.NoViews),
            _ => IncidentEncoding.Number(null),
        };
        foreach (var name in (string[])["standsOut", "flapping", "isAcknowledged"])
            fields[name] = false;
        foreach (var name in (string[])["affectedTitles", "affectedProperties", "reopenings"])
            fields[name] = 0;
        fields["silencedBy"] = new JsonArray();
        fields["trail"] = new JsonArray();

        JsonNode Taken(string name)
        {
            var value = fields[name]!;
            fields.Remove(name);
            return value;
        }
    }
}

using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using static Rx.Alerting.Service.Client.ApiColumn;

namespace Rx.Alerting.Service.Client;

/// <summary>Shows one incident of the API on lines, for people.</summary>
internal static class IncidentText
{
    private static readonly ApiColumn[] Facts =
    [
        Of("description", "description"),
        new("subject", ClientQuestions.Subject),
        Of("error", "error_description"),
        Of("status", "status"),
        Of("severity", "severity"),
        Time("opened", "started_at"),
        Time("changed", "updated_at"),
        Time("ended", "resolved_at"),
        Percent("rate", "measured_value"),
        Percent("threshold", "threshold"),
        Count("views in window", "sample_size"),
        Count("affected views", "affected_views"),
        Count("affected an hour", "affected_views_per_hour"),
        Of("part of", "parent_id"),
        Of("acknowledged by", "acknowledgement", "by"),
        Of("silenced by", "silenced_by"),
        Of("explained by", "explained_by"),
        Of("key", "incident_key"),
        Of("id", "id"),
    ];

    public static void Write(JsonElement incident, CommandHost host)
    {
        var width = Facts.Max(fact => fact.Name.Length);
        foreach (var fact in Facts)
            host.Output.WriteLine($"{fact.Name.PadRight(width)}  {fact.Cell(incident)}");
        var isFound = Plain(Find(incident, "explained_by")) is "cause" or "one_of";
        foreach (var one in All(incident, "explanations"))
        {
            var parts = All(one, "dimensions").Select(part => $"{Plain(Find(part, "name"))} {Plain(Find(part, "value"))}");
            var (share, rate, normal) = (Rate("share"), Rate("error_rate"), Rate("normal_rate"));
            var slice = $"{(isFound ? "slice" : "nearest slice")}: {string.Join(", ", parts)}";
            host.Output.WriteLine(IncidentWords.Printable($"{slice}: {share} of it, {rate} fail, normal is {normal}"));

            string Rate(string member) => Percent(member, member).Cell(one);
        }

        foreach (var one in All(incident, "trail"))
        {
            string?[] words = [Plain(Find(one, "reason")), Plain(Find(one, "by")), Plain(Find(one, "note"))];
            var said = string.Join(", ", words.OfType<string>());
            host.Output.WriteLine(IncidentWords.Printable(
                $"{Time("at", "at").Cell(one)}  {Plain(Find(one, "transition"))}{(said.Length > 0 ? $": {said}" : string.Empty)}"));
        }
    }
}

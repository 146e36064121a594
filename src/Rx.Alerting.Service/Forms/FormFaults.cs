using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Forms;

/// <summary>Says of faults of a command beside which field they are told.</summary>
internal static class FormFaults
{
    /// <summary>The fields with which the reasons of a pipeline begin.</summary>
    private static readonly string[] Fields =
    [
        "by", "note", "comment", "property", "title", "error_type", "starts_at", "ends_at", "duration", "cron", "time_zone", "until",
    ];

    /// <summary>Of a message that was not understood.</summary>
    public static Dictionary<string, string> Of(IEnumerable<ControlFault> faults) => faults
        .GroupBy(fault => fault.Member, fault => fault.Problem)
        .ToDictionary(field => field.Key, field => FormLabels.In(string.Join("; ", field)), StringComparer.Ordinal);

    /// <summary>Of a command that a pipeline has refused.</summary>
    /// <param name="reasons">Clauses.</param>
    /// <param name="others">The clauses that name no field.</param>
    public static Dictionary<string, string> Of(string reasons, out string others)
    {
        var (found, rest) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());
        foreach (var reason in reasons.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (Array.Find(Fields, one => reason.StartsWith($"{one} must ", StringComparison.Ordinal)) is { } field)
                found.TryAdd(field, FormLabels.In(reason[(field.Length + 1)..]));
            else
                rest.Add(FormLabels.In(reason));
        }

        others = string.Join("; ", rest);
        return found;
    }
}

using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Forms;

/// <summary>Says of faults of a command beside which field they are told.</summary>
internal static class FormFaults
{
    /// <summary>How a pipeline names the parts of a command, and the fields that hold them.</summary>
    private static readonly (string Part, string Field)[] Parts =
    [
        ("By", "by"), ("Note", "note"), ("Comment", "comment"), ("Matcher.Property", "property"), ("Matcher.Title", "title"),
        ("Matcher.ErrorType", "error_type"), ("Matcher", "property"), ("StartsAt", "starts_at"), ("EndsAt", "ends_at"),
        ("Duration", "duration"), ("Cron", "cron"), ("TimeZone", "time_zone"), ("the silence", "ends_at"), ("there is no window", "until"),
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
            var (part, field) = Array.Find(Parts, one => reason.StartsWith($"{one.Part} ", StringComparison.Ordinal));
            if (part is null)
                rest.Add(FormLabels.In(reason));
            else
                found.TryAdd(field, FormLabels.In(char.IsUpper(part[0]) ? reason[(part.Length + 1)..] : reason));
        }

        others = string.Join("; ", rest);
        return found;
    }
}

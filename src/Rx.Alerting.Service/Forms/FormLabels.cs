using System.Text.RegularExpressions;

namespace Rx.Alerting.Service.Forms;

/// <summary>What people call the fields that control messages call otherwise.</summary>
internal static partial class FormLabels
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["property"] = "Property",
        ["title"] = "Title",
        ["error_type"] = "Error type",
        ["starts_at"] = "Begins at",
        ["ends_at"] = "Ends at",
        ["duration"] = "Lasts",
        ["until"] = "Until",
        ["cron"] = "Start of each window",
        ["time_zone"] = "Time zone of the start",
        ["comment"] = "Why",
        ["note"] = "Comment",
        ["by"] = "Your name",
        ["channel"] = "Channel",
    };

    /// <summary>The label of a field; the field itself where it has none.</summary>
    public static string Of(string field) => Labels.GetValueOrDefault(field, field);

    /// <summary>A clause about a field, with the labels of other fields that it names.</summary>
    public static string In(string clause) => Names().Replace(clause, name => $"“{Of(name.Value)}”");

    /// <summary>Faults that are told without their fields beside them, as one sentence.</summary>
    public static string Sentence(IEnumerable<KeyValuePair<string, string>> faults) =>
        $"{string.Join("; ", faults.Select(fault => $"“{Of(fault.Key)}” {fault.Value}"))}.";

    [GeneratedRegex(@"\b(error_type|starts_at|ends_at|time_zone)\b|(?<=or )title(?= or )")]
    private static partial Regex Names();
}

using System.Text;
using System.Text.RegularExpressions;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The options as the README shows them: a table in Markdown.</summary>
internal static partial class OptionsTable
{
    public static string Markdown()
    {
        var table = new StringBuilder("| option | default | meaning and bounds |\n|---|---|---|\n");
        foreach (var entry in OptionCatalogue.All)
            table.Append($"| `{entry.Key}` | {entry.Default} | {Meaning(entry)} |\n");
        return table.ToString();
    }

    /// <summary>The summary without its words on the default, which has a column of its own.</summary>
    public static string Meaning(OptionEntry entry) => DefaultClause().Replace(entry.Summary, ".");

    [GeneratedRegex(@"(;|\.) [Dd]efault .*\.$")]
    private static partial Regex DefaultClause();
}

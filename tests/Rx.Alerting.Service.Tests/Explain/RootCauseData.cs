using System.Globalization;
using System.Text.RegularExpressions;

namespace Rx.Alerting.Service.Tests.Explain;

/// <summary>
/// Incidents of a real video service with their causes: the data set RS of RobustSpot, as the project RiskLoc has it. A file has a row for
/// each minute and combination of attributes: the viewers (<c>cnt</c>), and those who stalled (<c>value</c>).
/// </summary>
internal static partial class RootCauseData
{
    /// <summary>The environment variable that names the folder of the files and their labels.</summary>
    public const string Variable = "RX_ALERTING_ROOT_CAUSE";

    private static readonly Dictionary<string, string> Members = new()
    {
        ["cdn"] = "cdn",
        ["bitrate"] = "player_version",
        ["p2p"] = "browser",
        ["isp"] = "asn",
        ["device"] = "operating_system",
    };

    /// <summary>The incidents of a folder.</summary>
    public static IReadOnlyList<RootCauseCase> Read(string folder)
    {
        var cases = new List<RootCauseCase>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "labels.yaml")).Select(line => line.Trim()))
        {
            if (line.StartsWith("- data:", StringComparison.Ordinal))
                cases.Add(new(Path.Combine(folder, $"{line[7..].Trim().Replace(' ', '_')}.csv"), 0, []));
            else if (line.StartsWith("timestamp:", StringComparison.Ordinal))
                cases[^1] = cases[^1] with { Minute = long.Parse(line[10..], CultureInfo.InvariantCulture) };
            else if (line.StartsWith("cause:", StringComparison.Ordinal))
                cases[^1] = cases[^1] with { Causes = [.. Slice().Matches(line).Select(match => Cause(match.Value))] };
        }

        return cases;
    }

    /// <summary>Writes every row as its views in Mux's JSON. Of many views, a random part is written.</summary>
    public static void Write(RootCauseCase one, TextWriter target, int maximumViews)
    {
        var rows = File.ReadLines(one.File).Select(line => line.Split(',')).ToList();
        var header = rows[0];
        var (minute, value, count) = (Array.IndexOf(header, "min"), Array.IndexOf(header, "value"), Array.IndexOf(header, "cnt"));
        var part = Math.Min(1, maximumViews / rows.Skip(1).Sum(row => Number(row[count])));
        var (random, id) = (new Random(1), 0L);
        foreach (var row in rows.Skip(1))
        {
            var attributes = header.Select((name, column) => (Name: Members.GetValueOrDefault(name), Value: row[column]))
                .Where(attribute => attribute.Name is not null && attribute.Value.Length > 0)
                .Select(attribute => $",\"{attribute.Name}\":\"{attribute.Value}\"");
            var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[minute], CultureInfo.InvariantCulture));
            var members = $"\"property_id\":\"p\",\"view_end\":\"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}\"{string.Concat(attributes)}";

            var views = Round(Number(row[count]) * part);
            var errors = Round(Number(row[value]) * part);
            for (var view = 0; view < views; view++)
            {
                var failure = view < errors ? ",\"error_type\":\"stall\"" : string.Empty;
                target.WriteLine($"{{\"view_id\":\"{++id}\",{members}{failure}}}");
            }
        }

        int Round(double number) => (int)number + (random.NextDouble() < number % 1 ? 1 : 0);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Cause(string slice) => Text(
        Attribute().Matches(slice).Select(match => (Members[match.Groups[1].Value], match.Groups[2].Value)));

    /// <summary>A slice as text, to be compared.</summary>
    public static string Text(IEnumerable<(string Name, string Value)> slice) =>
        string.Join(' ', slice.Select(part => $"{part.Name}={part.Value}").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Slice();

    [GeneratedRegex(@"'(\w+)'\s*:\s*'?([^,'}\]]+)'?")]
    private static partial Regex Attribute();
}

/// <param name="File">Its rows.</param>
/// <param name="Minute">When it was worst, in seconds since 1970.</param>
/// <param name="Causes">Slices that are right answers, as <see cref="RootCauseData.Text"/> has them.</param>
internal sealed record RootCauseCase(string File, long Minute, IReadOnlyList<string> Causes);

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Reads labels and incidents from files, to be scored.</summary>
public static class ScoreFiles
{
    /// <summary>Reads labels and incidents.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>Incidents have one JSON object a line for each change. The last line of an id is its final state. The lines of
    /// an id are its changes. Its explanations are those of the last line with <c>explained_by</c>.</item>
    /// <item>Property-days and the end of the traffic are computed from <c>simulation.json</c> beside the labels. Without that
    /// file, they are computed from the properties and the times in both files.</item>
    /// </list>
    /// </remarks>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line cannot be parsed. The message says which line.</exception>
    public static ScoredTraffic Read(string labelsPath, string incidentsPath)
    {
        var labels = Lines(labelsPath, SimulationJson.Readable.IncidentLabel);
        var states = Lines(incidentsPath, ScoreJson.Readable.ScoredIncident);
        var incidents = states.GroupBy(state => state.Id).Select(changes => Final([.. changes])).ToList();
        var simulation = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(labelsPath))!, SimulationWriter.OptionsFile);
        if (!File.Exists(simulation))
            return new ScoredTraffic(labelsPath, labels, incidents, PropertyDays(labels, incidents));
        var options = Parse(File.ReadAllText(simulation), SimulationJson.Readable.SimulationOptions, simulation);
        var propertyDays = (double)options.Properties * options.Days;
        return new ScoredTraffic(labelsPath, labels, incidents, propertyDays, options.Start.AddDays(options.Days));
    }

    private static ScoredIncident Final(List<ScoredIncident> changes)
    {
        var explained = changes.FindLast(change => change.ExplainedBy is not null);
        return changes[^1] with
        {
            Changes = changes.Count,
            ExplainedBy = explained?.ExplainedBy,
            Explanations = explained?.Explanations ?? [],
        };
    }

    private static List<T> Lines<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        var values = new List<T>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                values.Add(Parse(line, type, $"{path}, line {number}"));
        }

        return values;
    }

    private static T Parse<T>(string json, JsonTypeInfo<T> type, string where)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"{where}: null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{where}: {fault.Message}", fault);
        }
    }

    private static double PropertyDays(List<IncidentLabel> labels, List<ScoredIncident> incidents)
    {
        var properties = labels.Select(label => label.PropertyId)
            .Union(incidents.Select(incident => incident.PropertyId))
            .Count();
        var times = labels.SelectMany(label => new[] { label.StartedAt, label.EndedAt })
            .Concat(incidents.SelectMany(incident => new[] { incident.StartedAt, incident.ResolvedAt ?? incident.StartedAt }))
            .ToList();
        return times.Count == 0 ? 0 : properties * (times.Max() - times.Min()).TotalDays;
    }
}

/// <summary>Reads incidents as JSON in snake case. Fields that scoring does not need are skipped.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScoredIncident))]
internal sealed partial class ScoreJson : JsonSerializerContext
{
    public static ScoreJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

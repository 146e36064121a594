using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>
/// Upgrades incidents that earlier releases have kept as JSON. Their names in snake case are those of <see cref="IncidentEncoding.Layout"/>
/// in camel case. The code must never change.
/// </summary>
internal static class JsonIncident
{
    /// <summary>The values of each enumeration, in the order of their numbers.</summary>
    private static readonly Dictionary<string, string[]> Enumerations = new(StringComparer.Ordinal)
    {
        ["status"] = ["open", "closed", "expired"],
        ["severity"] = ["warning", "alert"],
        ["transition"] = ["opened", "updated", "closed", "expired"],
    };

    /// <summary>The fields of an incident.</summary>
    /// <exception cref="CheckpointFormatException">It is not what those releases have written.</exception>
    public static JsonObject Upgrade(JsonNode? incident)
    {
        var fields = Fields(incident as JsonObject ?? throw Damaged("it is no object"));
        fields["isResolved"] = fields["resolvedAt"] is not null;
        return fields;
    }

    /// <summary>Parses what an entry has, and upgrades it.</summary>
    /// <exception cref="CheckpointFormatException">It is not what those releases have written.</exception>
    public static T Parse<T>(string json, Func<JsonNode?, T> upgrade)
    {
        try
        {
            return upgrade(JsonNode.Parse(json));
        }
        catch (Exception damage) when (damage is JsonException or FormatException or InvalidOperationException)
        {
            throw Damaged(damage.Message);
        }
    }

    /// <summary>The number of a value of an enumeration.</summary>
    public static byte Number(string enumeration, JsonNode? value)
    {
        var number = Array.IndexOf(Enumerations[enumeration], value?.GetValue<string>());
        return number >= 0 ? (byte)number : throw Damaged($"there is no {enumeration} {value}");
    }

    private static JsonObject Fields(JsonObject json)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in json)
            fields[Camel(name)] = Field(name, value);
        return fields;
    }

    private static JsonNode? Field(string name, JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => new JsonArray([.. list.Select(element => Fields(element!.AsObject()))]),
        _ when Enumerations.ContainsKey(name) => Number(name, value),
        _ when name == "at" || name.EndsWith("_at", StringComparison.Ordinal) => Milliseconds(value),
        _ => value.DeepClone(),
    };

    private static long Milliseconds(JsonNode time) => DateTimeOffset
        .Parse(time.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
        .ToUnixTimeMilliseconds();

    private static string Camel(string name)
    {
        var words = name.Split('_');
        return string.Concat(words.Select((word, i) => i == 0 ? word : $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
    }

    private static CheckpointFormatException Damaged(string how) => new($"The checkpoint is damaged: an incident cannot be read ({how}).");
}

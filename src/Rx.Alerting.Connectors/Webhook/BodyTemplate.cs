using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Webhook;

/// <summary>
/// A body in JSON with places for values, as in <c>"{incident.property_id} fails"</c>. A text that is one place only becomes the value as
/// it is: a number stays a number. What comes from the stream cannot break the JSON, because it is put into its texts.
/// </summary>
internal sealed partial class BodyTemplate
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly JsonNode template;

    private BodyTemplate(JsonNode template) => this.template = template;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static BodyTemplate Read(string path) =>
        new(JsonNode.Parse(File.ReadAllText(path), documentOptions: Lenient) ?? throw new JsonException("it is null"));

    /// <summary>Why a file is no template; the end of a sentence. Null: it is one.</summary>
    public static string? Fault(string path)
    {
        try
        {
            var sample = WebhookBody.Of(NotificationSample.Of(DateTimeOffset.UnixEpoch));
            var unknown = Places(Read(path).template).Where(place => !Find(sample, place).IsThere).Distinct().ToList();
            return unknown.Count == 0 ? null : $"is {path}, which has places for values that there are not: {string.Join(", ", unknown)}";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return $"is {path}, which is no template: {problem.Message}";
        }
    }

    public JsonNode? Fill(JsonObject values) => Fill(template, values);

    private static JsonNode? Fill(JsonNode? node, JsonObject values) => node switch
    {
        JsonObject group => new JsonObject(group.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, values)))),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, values))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Fill(text, values),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Fill(string text, JsonObject values)
    {
        if (Place().Match(text) is { Success: true } only && only.Length == text.Length)
            return Find(values, only.Groups[1].Value).Value?.DeepClone();
        return Place().Replace(text, place => Find(values, place.Groups[1].Value).Value switch
        {
            null => string.Empty,
            JsonValue value when value.TryGetValue<string>(out var inner) => inner,
            var other => other.ToJsonString(),
        });
    }

    private static (bool IsThere, JsonNode? Value) Find(JsonObject values, string path)
    {
        JsonNode? node = values;
        foreach (var name in path.Split('.'))
        {
            if (node is not JsonObject group || !group.TryGetPropertyValue(name, out node))
                return (false, null);
        }

        return (true, node);
    }

    private static IEnumerable<string> Places(JsonNode? node) => node switch
    {
        JsonObject group => group.SelectMany(member => Places(member.Value)),
        JsonArray list => list.SelectMany(Places),
        JsonValue value when value.TryGetValue<string>(out var text) => Place().Matches(text).Select(place => place.Groups[1].Value),
        _ => [],
    };

    [GeneratedRegex(@"\{([a-z_]+(?:\.[a-z_]+)*)\}")]
    private static partial Regex Place();
}

using System.Text.Json;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Where values come from.</summary>
internal static class SettingSources
{
    public const string EnvironmentPrefix = "RX_ALERTING__";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Variables such as <c>RX_ALERTING__Detection__TailProbability</c>.</summary>
    public static IEnumerable<SettingValue> Variables(IReadOnlyDictionary<string, string> environment) =>
        from variable in environment
        where variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
        orderby variable.Key
        select new SettingValue(variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable.Value, variable.Key);

    /// <summary>A file such as <c>{ "Detection": { "TailProbability": 1e-7 } }</c>.</summary>
    /// <exception cref="MisusedException">The file cannot be read, or is not a JSON object.</exception>
    public static IReadOnlyList<SettingValue> JsonFile(string path)
    {
        if (Directory.Exists(path))
            throw new MisusedException($"--config {path}: is a folder");

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new MisusedException($"--config {path}: must hold one JSON object");
            return [.. Flatten(string.Empty, document.RootElement, $"--config {path}")];
        }
        catch (JsonException broken)
        {
            throw new MisusedException($"--config {path}: not JSON: {Reason(broken)}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new MisusedException($"--config {path}: {unreadable.Message}");
        }
    }

    /// <summary>What the parser says, with the place as editors count it.</summary>
    private static string Reason(JsonException broken) => broken.LineNumber is not { } line ? broken.Message
        : $"{broken.Message.Split(" LineNumber:")[0]} (line {line + 1}, byte {broken.BytePositionInLine + 1})";

    private static IEnumerable<SettingValue> Flatten(string key, JsonElement element, string origin) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(member => Flatten(key.Length == 0 ? member.Name : $"{key}:{member.Name}", member.Value, origin)),
        JsonValueKind.Array => [new SettingValue(key, string.Join(',', element.EnumerateArray()), origin)],
        _ => [new SettingValue(key, element.ToString(), origin)],
    };
}

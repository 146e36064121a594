using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Incidents in entries of a checkpoint: JSON, as people see them.</summary>
internal static class IncidentEntry
{
    public static void Write<T>(StateWriter writer, T value, JsonTypeInfo<T> type) =>
        writer.Bytes(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <exception cref="CheckpointFormatException">It is not what <see cref="Write"/> has written.</exception>
    public static T Read<T>(StateReader reader, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reader.Bytes(), type) ?? throw new JsonException("it is null");
        }
        catch (JsonException damaged)
        {
            throw new CheckpointFormatException($"The checkpoint is damaged: an incident cannot be read ({damaged.Message}).");
        }
    }
}

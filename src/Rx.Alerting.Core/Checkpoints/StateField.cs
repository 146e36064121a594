using System.Text;
using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>One field of an entry.</summary>
/// <param name="Name">Unique within the field's group.</param>
/// <param name="Type">A type that <see cref="StateLayout"/> names, <c>()</c> for a group, <c>[]</c> for a list of groups.</param>
/// <param name="Inner">The fields of the group.</param>
/// <param name="Condition">The earlier field that decides whether this field is there. Null if this field is always there.</param>
/// <param name="Expected">The value of the earlier field with which this field is there.</param>
internal sealed record StateField(string Name, string Type, IReadOnlyList<StateField> Inner, string? Condition, bool Expected)
{
    public static JsonObject Read(IReadOnlyList<StateField> fields, StateReader reader)
    {
        var read = new JsonObject();
        foreach (var field in fields)
        {
            if (field.IsIn(read))
                read.Add(field.Name, field.Read(reader));
        }

        return read;
    }

    public static void Write(IReadOnlyList<StateField> fields, JsonObject from, StateWriter writer)
    {
        foreach (var field in fields)
        {
            if (field.IsIn(from))
                field.Write(from[field.Name], writer);
        }
    }

    private bool IsIn(JsonObject group) => Condition is null || group[Condition]!.GetValue<bool>() == Expected;

    private JsonNode? Read(StateReader reader) => Type switch
    {
        "bool" => reader.Boolean(),
        "u8" => reader.Byte(),
        "i32" => reader.Int32(),
        "i64" => reader.Int64(),
        "u64" => reader.UInt64(),
        "f64" => reader.Double(),
        "text" => reader.String(),
        "bytes" => Encoding.UTF8.GetString(reader.Bytes()),
        "()" => Read(Inner, reader),
        "[]" => ReadList(reader),
        _ => throw UnknownType(),
    };

    private void Write(JsonNode? value, StateWriter writer)
    {
        if (value is null && Type != "text")
            throw new CheckpointFormatException($"The checkpoint is damaged: an entry has no field “{Name}”.");
        switch (Type)
        {
            case "bool":
                writer.Boolean(value!.GetValue<bool>());
                break;
            case "u8":
                writer.Byte(value!.GetValue<byte>());
                break;
            case "i32":
                writer.Int32(value!.GetValue<int>());
                break;
            case "i64":
                writer.Int64(value!.GetValue<long>());
                break;
            case "u64":
                writer.UInt64(value!.GetValue<ulong>());
                break;
            case "f64":
                writer.Double(value!.GetValue<double>());
                break;
            case "text":
                writer.String(value?.GetValue<string>());
                break;
            case "bytes":
                writer.Bytes(Encoding.UTF8.GetBytes(value!.GetValue<string>()));
                break;
            case "()":
                Write(Inner, value!.AsObject(), writer);
                break;
            case "[]":
                WriteList(value!.AsArray(), writer);
                break;
            default:
                throw UnknownType();
        }
    }

    private JsonArray ReadList(StateReader reader)
    {
        var list = new JsonArray();
        for (var left = reader.Count(); left > 0; left--)
            list.Add(Read(Inner, reader));
        return list;
    }

    private void WriteList(JsonArray list, StateWriter writer)
    {
        writer.Int32(list.Count);
        foreach (var group in list)
            Write(Inner, group!.AsObject(), writer);
    }

    private InvalidOperationException UnknownType() => new($"A layout has a field “{Name}” of the unknown type “{Type}”.");
}

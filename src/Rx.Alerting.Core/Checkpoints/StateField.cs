using System.Text;
using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>One field of an entry.</summary>
/// <param name="Name">Told apart within its group by it.</param>
/// <param name="Type">One of those that <see cref="StateLayout"/> names, <c>()</c> for a group, <c>[]</c> for a list of groups.</param>
/// <param name="Inner">Fields of the group.</param>
/// <param name="Condition">The earlier field that says whether this one is there; null: it always is.</param>
/// <param name="Expected">What that field must say.</param>
internal sealed record StateField(string Name, string Type, IReadOnlyList<StateField> Inner, string? Condition, bool Expected)
{
    public static JsonObject Read(IReadOnlyList<StateField> fields, StateReader reader)
    {
        var read = new JsonObject();
        foreach (var field in fields)
        {
            if (field.Condition is null || read[field.Condition]!.GetValue<bool>() == field.Expected)
                read.Add(field.Name, field.Read(reader));
        }

        return read;
    }

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
        _ => throw new InvalidOperationException($"A layout has a field “{Name}” of the unknown type “{Type}”."),
    };

    private JsonArray ReadList(StateReader reader)
    {
        var list = new JsonArray();
        for (var left = reader.Count(); left > 0; left--)
            list.Add(Read(Inner, reader));
        return list;
    }
}

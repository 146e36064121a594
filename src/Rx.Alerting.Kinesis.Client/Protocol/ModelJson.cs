using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Amazon.Kinesis.Protocol;

/// <summary>How the model is written and read: by the names of its properties, without what it inherits from AWSSDK.Core.</summary>
internal static class ModelJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new BytesConverter(),
            new EpochConverter(),
            new ConstantConverter<ShardIteratorType>(),
            new ConstantConverter<StreamStatus>(),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OwnPropertiesOnly } },
    };

    private static void OwnPropertiesOnly(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider is System.Reflection.MemberInfo member
                && member.DeclaringType?.Assembly != typeof(ModelJson).Assembly)
                type.Properties.RemoveAt(i);
        }
    }
}

using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>What the document says of one operation.</summary>
internal static class OperationDocument
{
    private const string Json = "application/json";

    /// <summary>What can go wrong at every address.</summary>
    private static readonly ProblemKind[] Everywhere =
        [ProblemKind.NoCredentials, ProblemKind.Forbidden, ProblemKind.TooManyFailures, ProblemKind.Internal];

    public static void Describe(OpenApiOperation content, Operation operation)
    {
        content.Description = operation.Description;
        content.Parameters = [.. content.Parameters ?? [], .. operation.Parameters.Select(Parameter)];
        if (operation.Answer is { } answer)
            content.Responses!.Single(one => one.Key[0] == '2').Value.Content![Json].Example = answer.DeepClone();
        if (operation.Request is { } request)
        {
            content.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Json] = new() { Schema = Body(operation.Members), Example = request.DeepClone() },
                },
            };
        }

        foreach (var problems in Everywhere.Concat(operation.Problems).GroupBy(kind => kind.Status).OrderBy(group => group.Key))
            content.Responses![$"{problems.Key}"] = ProblemResponse([.. problems]);
    }

    private static OpenApiSchema Body(IReadOnlyList<RequestMember> members) => members.Count == 0
        ? new() { Type = JsonSchemaType.Object }
        : new()
        {
            Type = JsonSchemaType.Object,
            Properties = members.ToDictionary(
                member => member.Name,
                member => (IOpenApiSchema)new OpenApiSchema { Type = JsonSchemaType.String, Description = member.Description },
                StringComparer.Ordinal),
            Required = members.Where(member => member.IsRequired).Select(member => member.Name).ToHashSet(StringComparer.Ordinal),
            AdditionalPropertiesAllowed = false,
        };

    private static OpenApiResponse ProblemResponse(ProblemKind[] kinds) => new()
    {
        Description = string.Join(" ", kinds.Select(kind => kind.Title)),
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [ProblemWriter.ContentType] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["type"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Enum = [.. kinds.Select(kind => (JsonNode)kind.Type)],
                        },
                        ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                        ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["errors"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Description = "What is wrong with which parameter.",
                        },
                    },
                },
                Example = new JsonObject { ["type"] = kinds[0].Type, ["title"] = kinds[0].Title, ["status"] = kinds[0].Status },
            },
        },
    };

    private static OpenApiParameter Parameter(QueryParameter parameter)
    {
        var one = new OpenApiSchema
        {
            Type = parameter.MaximumNumber is null ? JsonSchemaType.String : JsonSchemaType.Integer,
            Enum = parameter.Values.Count == 0 ? null : [.. parameter.Values.Select(value => (JsonNode)value)],
            Minimum = parameter.MaximumNumber is null ? null : "1",
            Maximum = parameter.MaximumNumber is { } most and < int.MaxValue ? $"{most}" : null,
            Default = parameter.Default?.DeepClone(),
        };
        return new()
        {
            Name = parameter.Name,
            In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Description = parameter.Description,
            Required = parameter.IsRequired,
            Schema = parameter.IsRepeated ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one,
            Example = parameter.Example?.DeepClone(),
        };
    }
}

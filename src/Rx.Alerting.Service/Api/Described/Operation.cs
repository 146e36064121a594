using System.Text.Json.Nodes;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>What the document of the API says of an address, besides what the code of the address says.</summary>
/// <param name="Id">The name of the operation, for programs that are made from the document.</param>
/// <param name="Tag">The group in which it is shown.</param>
/// <param name="Summary">One line.</param>
internal sealed record Operation(string Id, string Tag, string Summary)
{
    /// <summary>What else there is to say. Null: nothing.</summary>
    public string? Description { get; init; }

    public IReadOnlyList<QueryParameter> Parameters { get; init; } = [];

    /// <summary>A body that it takes. Null: none.</summary>
    public JsonNode? Request { get; init; }

    /// <summary>The members of that body. Empty: any.</summary>
    public IReadOnlyList<RequestMember> Members { get; init; } = [];

    /// <summary>An answer.</summary>
    public JsonNode? Answer { get; init; }

    /// <summary>What can go wrong, besides what can at every address.</summary>
    public IReadOnlyList<ProblemKind> Problems { get; init; } = [];
}

/// <summary>A parameter of the query, or a header.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Description">For people.</param>
/// <param name="Example">A value.</param>
internal sealed record QueryParameter(string Name, string Description, JsonNode? Example = null)
{
    /// <summary>The values that there are. Empty: any text.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it may be repeated.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The largest number. Null: it is a text.</summary>
    public int? MaximumNumber { get; init; }

    /// <summary>The number or text that holds where none is given.</summary>
    public JsonNode? Default { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Whether it is a header.</summary>
    public bool IsHeader { get; init; }
}

/// <summary>A member of a body. All are texts.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Description">For people.</param>
internal sealed record RequestMember(string Name, string Description)
{
    public bool IsRequired { get; init; }
}

internal static class DescribedEndpoint
{
    /// <summary>Describes an address in the document of the API.</summary>
    public static RouteHandlerBuilder Describe<TAnswer>(
        this RouteHandlerBuilder route,
        Operation operation,
        string contentType = "application/json",
        int status = StatusCodes.Status200OK) => route
        .WithMetadata(operation)
        .WithName(operation.Id)
        .WithTags(operation.Tag)
        .WithSummary(operation.Summary)
        .Produces<TAnswer>(status, contentType);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Service.Explain;

/// <summary>The answer: which slices explain the failures of an interval.</summary>
internal sealed record Explained
{
    /// <summary>Null: all properties.</summary>
    public required string? PropertyId { get; init; }

    /// <summary>Null: all failures.</summary>
    public required string? ErrorType { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Views of the interval.</summary>
    public required long Views { get; init; }

    public required long AffectedViews { get; init; }

    /// <summary>Views before the interval, which say what is normal.</summary>
    public required long ViewsBefore { get; init; }

    /// <summary>Error rate before the interval, 0–1. Null: there were no views before it.</summary>
    public required double? NormalRate { get; init; }

    public required ExplainedBy ExplainedBy { get; init; }

    /// <summary>The best first.</summary>
    public required IReadOnlyList<Explanation> Explanations { get; init; }

    /// <summary>What to keep in mind, as sentences for people.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>How the answer is written as JSON: as incidents are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Explained))]
internal sealed partial class ExplainedJson : JsonSerializerContext
{
    public static ExplainedJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

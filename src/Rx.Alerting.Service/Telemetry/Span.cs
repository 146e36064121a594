using System.Diagnostics;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>Something that has taken time, and has ended.</summary>
/// <param name="Name">What was done, without names that grow in number.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it had ended.</param>
internal sealed record Span(string Name, DateTimeOffset Start, DateTimeOffset End)
{
    public ActivityKind Kind { get; init; } = ActivityKind.Internal;

    /// <summary>The span that it is a part of; default: none.</summary>
    public ActivityContext Parent { get; init; }

    /// <summary>The span that has caused it, and did not wait for it; default: it is not known.</summary>
    public ActivityContext Cause { get; init; }

    public IEnumerable<KeyValuePair<string, object?>> Tags { get; init; } = [];

    /// <summary>What went wrong on the way, and was repeated.</summary>
    public IReadOnlyCollection<ActivityEvent> Events { get; init; } = [];

    /// <summary>How it has failed; null: it has not.</summary>
    public SpanError? Error { get; init; }
}

/// <summary>Why a span has failed.</summary>
/// <param name="Type">One of few words: the value of <c>error.type</c>.</param>
/// <param name="Text">For people; holds no secret.</param>
internal sealed record SpanError(string Type, string? Text);

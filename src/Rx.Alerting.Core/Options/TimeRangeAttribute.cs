using System.ComponentModel.DataAnnotations;

namespace Rx.Alerting.Core.Options;

/// <summary>The bounds of a span of time, both included.</summary>
/// <param name="minimum">In the notation of <see cref="Duration"/>: <c>100ms</c>.</param>
/// <param name="maximum">In the same notation.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public TimeSpan Minimum { get; } = Parse(minimum);

    public TimeSpan Maximum { get; } = Parse(maximum);

    public override bool IsValid(object? value) => value is TimeSpan span && span >= Minimum && span <= Maximum;

    private static TimeSpan Parse(string text) =>
        Duration.TryParse(text, out var span) ? span : throw new ArgumentException($"“{text}” is not {Duration.Notation}");
}

using System.Diagnostics;
using Rx.Alerting.Service.Metrics;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>
/// Writes spans to the source <c>Rx.Alerting</c>. They are made of events that metrics and logs are made of, too. So the pipeline knows
/// nothing of them, and where nobody listens they cost one question. There is none for a view. Thread-safe.
/// </summary>
internal sealed class SpanSource : IDisposable
{
    public const string Name = Instruments.MeterName;

    public SpanSource() => Source = new(Name, BuildVersion.Number);

    /// <summary>The source of .NET.</summary>
    public ActivitySource Source { get; }

    /// <summary>Whether anybody wants spans.</summary>
    public bool HasListeners => Source.HasListeners();

    /// <returns>Identifies the span for its parts, and for what it causes. Default: nobody records it.</returns>
    public ActivityContext Write(Span span)
    {
        // A request over HTTP may have an activity that nobody records. What is below it would not be recorded either.
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            var links = span.Cause == default ? null : (ActivityLink[])[new(span.Cause)];
            using var activity = Source.StartActivity(span.Kind, span.Parent, span.Tags, links, span.Start, span.Name);
            if (activity is null)
                return default;
            foreach (var event_ in span.Events)
                activity.AddEvent(event_);
            if (span.Error is { } error)
                activity.SetStatus(ActivityStatusCode.Error, error.Text).SetTag(SpanAttributes.ErrorType, error.Type);
            activity.SetEndTime(span.End.UtcDateTime);
            return activity.Recorded ? activity.Context : default;
        }
        finally
        {
            Activity.Current = current;
        }
    }

    public void Dispose() => Source.Dispose();
}

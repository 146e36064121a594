using System.Diagnostics;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>Calls of one commit or restore that the store did not answer, or refused. Each was repeated.</summary>
internal sealed class FailedAttempts(long commitId, DateTimeOffset since)
{
    /// <summary>So many are told one by one.</summary>
    private const int MaximumEvents = 100;

    private readonly List<ActivityEvent> events = [];

    public long CommitId => commitId;

    public DateTimeOffset Since => since;

    public int Count { get; private set; }

    public Exception? Latest { get; private set; }

    public IReadOnlyCollection<ActivityEvent> Events => events;

    public void Add(DateTimeOffset now, Exception? problem)
    {
        (Count, Latest) = (Count + 1, problem);
        var error = SpanAttributes.ErrorOf(problem);
        if (events.Count == MaximumEvents)
            return;
        var tags = new ActivityTagsCollection(
            [SpanAttributes.ExceptionType.With(error.Type), SpanAttributes.ExceptionMessage.With(error.Text)]);
        events.Add(new("exception", now, tags));
    }
}

using System.Diagnostics;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>
/// A span for each commit, with the pause of the pipeline and the write as its parts, and for each restore. Attempts that failed are
/// events of it. Takes one event of a pipeline at a time.
/// </summary>
internal sealed class CommitSpans(SpanSource spans, CommitTrail trail, Settings settings, TimeProvider clock)
{
    private const string Restore = "restore", Commit = "commit", Snapshot = "snapshot", Write = "write";

    private readonly Lock gate = new();
    private readonly Dictionary<string, FailedAttempts> attempts = new(StringComparer.Ordinal);

    /// <summary>Pipelines whose state has been read. What is tried of others is their restore.</summary>
    private readonly HashSet<string> restored = new(StringComparer.Ordinal);

    private string Store => OptionText.Of(settings.Store.Kind);

    public void Take(CheckpointEvent value)
    {
        if (!spans.HasListeners)
            return;
        var now = clock.GetUtcNow();
        switch (value.Kind)
        {
            case CheckpointEventKind.Retrying:
                lock (gate)
                {
                    if (!attempts.TryGetValue(value.Pipeline, out var failed))
                        attempts[value.Pipeline] = failed = new(value.Id, now - value.Duration);
                    failed.Add(now, value.Problem);
                }

                break;
            case CheckpointEventKind.Restored:
                lock (gate)
                    restored.Add(value.Pipeline);
                trail.Begin(value);
                _ = spans.Write(SpanOf(Restore, value, "restored", now));
                break;
            case CheckpointEventKind.Committed:
                TakeCommit(value, now);
                break;
            case CheckpointEventKind.Rewriting:
                _ = spans.Write(SpanOf(Commit, value, "incomplete", now) with { Error = SpanAttributes.ErrorOf(value.Problem) });
                break;
            case CheckpointEventKind.RolledBack:
                lock (gate)
                    restored.Remove(value.Pipeline);
                _ = spans.Write(SpanOf(Commit, value, "rolled_back", now) with { Error = SpanAttributes.ErrorOf(value.Problem) });
                break;
        }
    }

    /// <summary>Another process has taken over the pipeline, so a commit or the restore was refused.</summary>
    public void Lose(string pipeline, Exception lost) => Fail(pipeline, "ownership_lost", lost);

    /// <summary>
    /// The pipeline has ended in this process. A commit or restore that is still being tried will not be told any more.
    /// </summary>
    public void End(string pipeline)
    {
        bool isTried;
        lock (gate)
            isTried = attempts.ContainsKey(pipeline);
        if (isTried)
            Fail(pipeline, "given_up", null);
        lock (gate)
            restored.Remove(pipeline);
        trail.Forget(pipeline);
    }

    private void Fail(string pipeline, string outcome, Exception? problem)
    {
        if (!spans.HasListeners)
            return;
        var failed = TakeAttempts(pipeline);
        bool isRestored;
        lock (gate)
            isRestored = restored.Contains(pipeline);
        var name = isRestored ? Commit : Restore;
        var value = new CheckpointEvent(pipeline, CheckpointEventKind.Committed, failed?.CommitId ?? 0, 0, TimeSpan.Zero);
        var error = problem ?? failed?.Latest;
        _ = spans.Write(SpanOf(name, value, outcome, clock.GetUtcNow(), failed) with { Error = SpanAttributes.ErrorOf(error) });
    }

    private void TakeCommit(CheckpointEvent value, DateTimeOffset now)
    {
        var span = SpanOf(Commit, value, "committed", now);
        var written = now - value.Duration;
        var commit = spans.Write(span with
        {
            Start = written - value.Pause,
            Tags =
            [
                .. span.Tags,
                SpanAttributes.CommitBytes.With(value.Bytes),
                SpanAttributes.CommitPause.With(value.Pause.TotalSeconds),
                SpanAttributes.CommitChanges.With(value.Changes.Count),
            ],
        });
        trail.Note(value, commit); // Also one that was not sampled: what it has must not be linked to the next one.
        if (commit == default)
            return;
        spans.Write(new(Snapshot, written - value.Pause, written) { Parent = commit });
        spans.Write(new(Write, written, now)
        {
            Kind = ActivityKind.Client,
            Parent = commit,
            Tags = [SpanAttributes.StoreSystem.With(Store), SpanAttributes.StoreOperation.With(Commit)],
        });
    }

    private Span SpanOf(string name, CheckpointEvent value, string outcome, DateTimeOffset now) =>
        SpanOf(name, value, outcome, now, TakeAttempts(value.Pipeline));

    private static Span SpanOf(string name, CheckpointEvent value, string outcome, DateTimeOffset now, FailedAttempts? failed)
    {
        var start = now - value.Duration;
        return new(name, failed is not null && failed.Since < start ? failed.Since : start, now)
        {
            Tags =
            [
                SpanAttributes.Pipeline.With(value.Pipeline),
                SpanAttributes.CommitId.With(value.Id),
                SpanAttributes.CommitEntries.With(value.Entries),
                SpanAttributes.Outcome.With(outcome),
                SpanAttributes.Attempts.With((failed?.Count ?? 0) + 1),
            ],
            Events = failed?.Events ?? [],
        };
    }

    private FailedAttempts? TakeAttempts(string pipeline)
    {
        lock (gate)
            return attempts.Remove(pipeline, out var failed) ? failed : null;
    }
}

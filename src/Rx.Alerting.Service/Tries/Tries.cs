using System.Diagnostics.CodeAnalysis;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Tries;

/// <summary>The runs of this process that try options: one at a time, and the latest results, in memory. Thread-safe.</summary>
internal sealed class Tries(
    WatchedStream stream,
    Settings settings,
    BoardMirror board,
    PipelineStatus status,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<Tries> log)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TryRun> latest = [];

    /// <summary>Why nothing can be tried, as a sentence. Null: it can.</summary>
    public string? WhyNot => stream.Again is null ? "What this service reads cannot be read a second time, so nothing can be tried." : null;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<TryRun> Latest
    {
        get
        {
            lock (gate)
                return [.. latest];
        }
    }

    public TryOptions Bounds => settings.Try;

    /// <summary>Null: there is none of that id, or not any more.</summary>
    public TryRun? Find(string id) => Latest.FirstOrDefault(run => run.Id == id);

    /// <summary>Begins a run.</summary>
    /// <param name="id">For its address.</param>
    /// <param name="request">What is tried.</param>
    /// <param name="begun">The run; if another one is under way, that one.</param>
    /// <param name="problem">Why none begins, as a sentence; else null. Null as well if another one is under way.</param>
    /// <returns>Whether it has begun.</returns>
    public bool TryStart(string id, TryRequest request, [NotNullWhen(true)] out TryRun? begun, out string? problem)
    {
        (begun, problem) = (null, WhyNot);
        if (problem is not null)
            return false;
        if (status.Reached is not { } to)
        {
            problem = "No view has been counted yet, so there is nothing to compare.";
            return false;
        }

        var run = new TryRun(id, request, clock.GetUtcNow(), to)
        {
            Input = stream.IsShared ? $"{stream.Again!.Words}, all partitions as one stream" : stream.Again!.Words,
        };
        lock (gate)
        {
            if (latest.FirstOrDefault(one => one.IsUnderWay || one.Id == id) is { } other)
            {
                begun = other;
                return false;
            }

            Keep(run);
        }

        begun = run;
        new Thread(() => Work(run)) { IsBackground = true, Name = "try options" }.Start();
        return true;
    }

    /// <summary>Keeps a run, so that it can be asked for.</summary>
    internal void Keep(TryRun run)
    {
        lock (gate)
        {
            latest.AddFirst(run);
            while (latest.Count > settings.Try.Kept)
            {
                latest.Last!.Value.Dispose();
                latest.RemoveLast();
            }
        }
    }

    private void Work(TryRun run)
    {
        LowPriority.Take();
        var (stop, property) = (lifetime.ApplicationStopping, IncidentWords.Printable(run.Request.Property));
        RunLog.TryBegun(log, run.Id, property, IncidentWords.Printable(run.Request.By));
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop, run.Cancelled);
            enough.CancelAfter(settings.Try.MaximumTime);
            var source = stream.Again!.Open(run.ReadFrom, enough.Token);
            using var owned = source as IDisposable;
            using var work = new TryWork(run, settings.Try, clock);
            var result = work.Run(source, () => OfProperty(run.Request.Property), stop);
            run.End(result);
            RunLog.TryEnded(log, run.Id, property, result.End, run.Progress.Views, (long)run.Progress.Elapsed.TotalMilliseconds);
        }
        catch (OperationCanceledException)
        {
            run.Fail(stop.IsCancellationRequested ? "The service stops." : "The source did not answer before the run had to end.");
        }
        catch (Exception problem)
        {
            run.Fail(problem.Message);
            if (IsExpected(problem))
                RunLog.TryFailed(log, run.Id, property, problem.Message);
            else
                RunLog.TryFailedOddly(log, run.Id, property, problem);
        }
    }

    private IReadOnlyCollection<Incident> OfProperty(string property) =>
        [.. board.Snapshot().Where(incident => incident.PropertyId == property)];

    /// <summary>Whether the message alone tells everything.</summary>
    private static bool IsExpected(Exception problem) => problem is KafkaSourceException or FileSourceException or KinesisSourceException;
}

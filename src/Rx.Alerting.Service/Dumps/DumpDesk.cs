using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Dumps;

/// <summary>Makes the dumps of this process: one at a time for a pipeline, and few at a time in all. Thread-safe.</summary>
/// <remarks>Whoever asks for a dump that is being made waits with those who have asked before, and is told how far the dump is.</remarks>
/// <param name="settings">Where dumps go.</param>
/// <param name="open">Opens the store of the pipelines once more, for reading.</param>
/// <param name="clock">Paces attempts and log messages.</param>
/// <param name="log">Is told of dumps.</param>
internal sealed class DumpDesk(Settings settings, Func<ICheckpointStore> open, TimeProvider clock, ILogger<DumpDesk> log)
    : IHostedService, IAsyncDisposable
{
    /// <summary>More dumps of one pipeline do not wait.</summary>
    public const int MaximumWaiting = 10;

    /// <summary>More failures are not kept for those who ask again.</summary>
    private const int MaximumUntold = 100;

    /// <summary>Each dump has a core's work to do, and some dozens of temporary files open.</summary>
    private const int AtOnce = 2;

    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly List<RunningDump> running = [];

    /// <summary>Dumps that have failed while nobody waited for them.</summary>
    private readonly List<RunningDump> untold = [];
    private readonly Dictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly CancellationTokenSource stop = new();
    // What cannot be opened now may be opened later.
    private readonly Lazy<ICheckpointStore> reader = new(open, LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<IDumpTarget> target =
        new(() => settings.Dumps.Open(beside: settings.Sqlite.Path), LazyThreadSafetyMode.PublicationOnly);

    private string TemporaryFolder => settings.Dumps.TemporaryFolder is { Length: > 0 } folder ? folder : Path.GetTempPath();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Dumps that are being made are given up. They are made anew when their commands come again.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => stop.CancelAsync();

    /// <summary>Makes a dump, or waits for it.</summary>
    /// <exception cref="CommandUnconfirmedException">The pipeline, or the service, has stopped before that.</exception>
    public Task<PipelineReply> RunAsync(DumpRequest request, ActionContext context)
    {
        var name = context.Name;
        RunningDump dump;
        SemaphoreSlim turn;
        lock (gate)
        {
            if (Find(request.CommandId, name) is { } same)
            {
                var reason = $"command {request.CommandId} is being executed with other arguments; take another id";
                return same.Request.IsSameAs(request) ? same.JoinAsync(context.IsAwaited) : Task.FromResult(Refused(name, reason));
            }

            if (untold.Find(failed => failed.Pipeline == name && failed.Request.IsSameAs(request)) is { } failed)
            {
                untold.Remove(failed); // Whoever asks once more has the dump made anew.
                return failed.Reply;
            }

            if (running.Count(other => other.Pipeline == name) > MaximumWaiting)
                return Task.FromResult(Refused(name, $"{MaximumWaiting} dumps of it wait already"));
            running.Add(dump = new RunningDump(request, name));
            _ = dump.JoinAsync(context.IsAwaited);
            if (!turns.TryGetValue(name, out turn!))
                turns.Add(name, turn = new SemaphoreSlim(1));
        }

        var claim = context.ClaimAsync(stop.Token);
        _ = EndAsync(dump, Task.Run(() => TakeTurnAsync(dump, context.Pipeline, claim, turn)));
        return dump.Reply;
    }

    /// <summary>How far a dump is.</summary>
    public PipelineReply Waiting(string commandId, string name)
    {
        lock (gate)
            return new(name, ReplyStatus.Running, Find(commandId, name)?.Progress.Text ?? "it begins", null);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (target.IsValueCreated)
            (target.Value as IDisposable)?.Dispose();
        if (reader.IsValueCreated)
            await reader.Value.DisposeAsync();
    }

    private static PipelineReply Refused(string name, string reason) => new(name, ReplyStatus.Refused, reason, null);

    private RunningDump? Find(string commandId, string name) =>
        running.Find(dump => dump.Pipeline == name && dump.Request.CommandId == commandId);

    private async Task EndAsync(RunningDump dump, Task<PipelineReply> reply)
    {
        await ((Task)reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            running.Remove(dump);
            if (!dump.IsAwaited && reply is { IsCompletedSuccessfully: true, Result.Status: ReplyStatus.Refused })
                untold.Add(dump);
            if (untold.Count > MaximumUntold)
                untold.RemoveAt(0);
        }

        dump.End(reply);
    }

    private async Task<PipelineReply> TakeTurnAsync(
        RunningDump dump, CheckpointedPipeline pipeline, Task<PipelineReply?> claim, SemaphoreSlim turn)
    {
        try
        {
            await turn.WaitAsync(stop.Token);
            try
            {
                await places.WaitAsync(stop.Token);
                try
                {
                    return await MakeAsync(dump, pipeline, claim);
                }
                finally
                {
                    places.Release();
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new CommandUnconfirmedException(
                $"The service has stopped before dump {dump.Request.CommandId} was made. Send the command again with the same id.");
        }
    }

    private async Task<PipelineReply> MakeAsync(RunningDump dump, CheckpointedPipeline pipeline, Task<PipelineReply?> claim)
    {
        var (request, name) = (dump.Request, dump.Pipeline);
        var begun = clock.GetTimestamp();
        RunLog.DumpBegins(log, request.Type, request.CommandId, name);
        await using var reminder = clock.CreateTimer(
            _ => RunLog.DumpGoesOn(log, request.CommandId, name, dump.Progress.Text), null, Reminder, Reminder);
        try
        {
            dump.Progress.Waits();
            if (await claim is { } refused)
                return refused;
            var maker = new PipelineDump(
                settings.Pipeline,
                target.Value,
                TemporaryFolder,
                (long)settings.Dumps.MaximumTemporaryMegabytes << 20,
                clock,
                reader.Value);
            var made = await maker.RunAsync(request, name, pipeline, dump.Progress, stop.Token);
            var milliseconds = (long)clock.GetElapsedTime(begun).TotalMilliseconds;
            RunLog.DumpEnds(log, request.CommandId, name, made.Manifest.Rows, made.Manifest.Bytes, made.Location, milliseconds);
            return DumpReply.Of(name, made);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or CommandUnconfirmedException))
        {
            var isKnown = failure is DumpRefusedException;
            RunLog.DumpFails(log, request.CommandId, name, failure.Message, isKnown ? null : failure);
            return Refused(name, $"{failure.Message}. Send the command again with the same id, or look at the log");
        }
    }
}

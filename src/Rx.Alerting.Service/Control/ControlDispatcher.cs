using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Control;

/// <summary>Has every command executed by every pipeline of this process, and collects the answers. Thread-safe.</summary>
/// <remarks>
/// Pipelines move between processes. So the latest commands are kept, and a pipeline that begins here executes them, too. A command that
/// the pipeline has executed elsewhere does nothing again, because of its id. The same holds for a pipeline that has stopped before a
/// command was confirmed.
/// </remarks>
internal sealed class ControlDispatcher(
    PipelineStatus status, Settings settings, DumpDesk dumps, NotificationChannels channels, TimeProvider clock)
{
    /// <summary>How long a command is kept for pipelines that begin here later.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private const int MaximumKept = 1000;

    private readonly ActionServices services = new(dumps, channels);
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, PipelineDesk> desks = new(StringComparer.Ordinal);
    private readonly List<DispatchedCommand> latest = [];

    /// <summary>Told of every answer, and how long it took. Null: nobody listens. Set before commands come.</summary>
    public Action<ControlRequest, ControlReply, TimeSpan>? Replied { get; set; }

    /// <summary>Of commands that the pipelines of this process execute.</summary>
    public ControlOptions Bounds => settings.Pipeline.Control;

    /// <summary>The names of the pipelines that take commands just now.</summary>
    public List<string> Pipelines
    {
        get
        {
            lock (gate)
                return [.. desks.Keys];
        }
    }

    /// <summary>Of this process, in replies.</summary>
    public static string Replica => Environment.MachineName;

    /// <summary>
    /// What is kept must be less than what a pipeline remembers: else a pipeline might execute a command twice that it has forgotten.
    /// </summary>
    private int Kept => Math.Min(MaximumKept, Bounds.RememberedCommands / 2);

    /// <summary>A pipeline begins in this process. Its commands end when the result is disposed, after the pipeline.</summary>
    public IDisposable Register(string name, CheckpointedPipeline pipeline)
    {
        var desk = new PipelineDesk(name, pipeline);
        lock (gate)
        {
            Forget();
            foreach (var command in latest)
            {
                command.Begin(name);
                desk.Add(command);
            }

            desks[name] = desk;
        }

        return new Registration(() =>
        {
            lock (gate)
            {
                if (desks.GetValueOrDefault(name) == desk)
                    desks.Remove(name);
                desk.Dispose();
            }
        });
    }

    /// <summary>Executes a command. Commands are executed in the order of the calls.</summary>
    /// <param name="request">Takes effect at most once, by its id.</param>
    /// <param name="patience">How long to wait for a pipeline, and for its commit.</param>
    /// <param name="cancel">Ends the wait. The command may take effect all the same.</param>
    public Task<ControlReply> ExecuteAsync(ControlRequest request, ControlPatience patience, CancellationToken cancel)
    {
        if (request.Action is not PipelineAction action)
            return Task.FromResult(Told(request, Status(request), clock.GetTimestamp()));
        var command = new DispatchedCommand(request, services, clock.GetTimestamp());
        lock (gate)
        {
            Forget();
            latest.Add(command);
            foreach (var name in desks.Keys)
                command.Begin(name); // All before any: a fast one must not be taken for all.
            foreach (var desk in desks.Values)
                desk.Add(command);
        }

        return WaitAsync(request, action, command, patience, cancel);
    }

    private async Task<ControlReply> WaitAsync(
        ControlRequest request, PipelineAction action, DispatchedCommand command, ControlPatience patience, CancellationToken cancel)
    {
        bool isDropped;
        try
        {
            await command.Settled.WaitAsync(patience.Longest, clock, cancel);
        }
        catch (TimeoutException)
        {
            // What is known by now is told, but a message of a broker is not acknowledged before its command has ended.
            if (action.IsLong && patience.Keeps && !command.IsUntouched)
                await command.Ended.WaitAsync(cancel);
        }
        finally
        {
            lock (gate)
            {
                command.IsAwaited = false;
                isDropped = !action.IsKept || (!patience.Keeps && command.IsUntouched);
                if (isDropped)
                    latest.Remove(command);
            }
        }

        var replies = command.Replies();
        if (replies.Count > 0)
        {
            var status = ControlReply.Merge([.. replies.Select(reply => reply.Status)], action.IsForOne);
            return Told(request, Reply(request, status, null, replies), command.At);
        }

        var reason = isDropped ? "Nothing was done." : "The command takes effect on pipelines that begin here within an hour.";
        return Told(
            request, Reply(request, ReplyStatus.Unconfirmed, $"No pipeline runs in this process. {reason}", replies), command.At);
    }

    private ControlReply Told(ControlRequest request, ControlReply reply, long begun)
    {
        Replied?.Invoke(request, reply, clock.GetElapsedTime(begun));
        return reply;
    }

    private ControlReply Status(ControlRequest request)
    {
        var statistics = status.Latest;
        var replies = Pipelines.ConvertAll(name =>
        {
            var counted = statistics.GetValueOrDefault(name);
            var counts = counted is null ? null : PipelineCounts.Of(counted);
            return new PipelineReply(name, ReplyStatus.Done, null, counted?.Watermark)
            {
                Counts = counts,
                Paused = counted?.Paused is { } pause ? new(pause.By, pause.Comment, pause.At) : null,
                Options = OptionReply.Of(counted?.AdjustedOptions ?? []),
            };
        });
        return Reply(request, ReplyStatus.Done, replies.Count == 0 ? "No pipeline runs in this process." : null, replies);
    }

    private static ControlReply Reply(
        ControlRequest request, ReplyStatus status, string? reason, IReadOnlyList<PipelineReply> replies) =>
        new(request.Id, request.Type, Replica, status, reason, replies);

    /// <summary>Drops what is too old or too much, except commands that somebody waits for.</summary>
    private void Forget()
    {
        var (many, now) = (latest.Count - Kept, clock.GetTimestamp());
        latest.RemoveAll(command =>
            !command.IsAwaited && (many-- > 0 || clock.GetElapsedTime(command.At, now) > KeptFor));
    }

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

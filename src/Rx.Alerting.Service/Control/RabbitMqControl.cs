using System.Collections.Concurrent;
using System.Reactive.Linq;
using System.Security.Cryptography;
using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Control;

/// <summary>Executes the commands that come by RabbitMQ. A message is acknowledged when a commit has the outcome of its command.</summary>
/// <remarks>
/// The broker takes a consumer for stuck that does not acknowledge in time. So a message whose command takes long is given back before, and
/// its command goes on. The broker delivers the message again, which then waits for the same command. If the process ends, the broker has
/// the message.
/// </remarks>
/// <param name="options">When messages are given back.</param>
/// <param name="source">The messages.</param>
/// <param name="dispatcher">Executes them.</param>
/// <param name="stream">What is watched.</param>
/// <param name="deadLetters">Is told of messages that are not understood.</param>
/// <param name="metrics">Counts them.</param>
/// <param name="clock">Measures how long a message is held.</param>
internal sealed class RabbitMqControl(
    RabbitMqOptions options,
    RabbitMqCommands source,
    ControlDispatcher dispatcher,
    WatchedStream stream,
    DeadLetterLog deadLetters,
    ControlMetrics metrics,
    TimeProvider clock)
    : BackgroundService
{
    /// <summary>Where processes share the stream, this one may have no pipeline for long.</summary>
    private static readonly TimeSpan WaitWhereShared = TimeSpan.FromSeconds(30);

    /// <summary>The reason is a header, which must not be large.</summary>
    private const int LongestReason = 2000;

    /// <summary>Commands whose messages were given back, by the hash of the message.</summary>
    private readonly ConcurrentDictionary<string, Task<ControlReply>> returned = [];

    private int returns;

    /// <summary>How many messages were given back.</summary>
    public int Returns => Volatile.Read(ref returns);

    private ControlPatience Patience => new(stream.IsShared ? WaitWhereShared : Timeout.InfiniteTimeSpan, Keeps: true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = stoppingToken.Register(() => ended.TrySetResult());
        using var reading = source.Messages.Subscribe(
            message => _ = FailAsync(HandleAsync(message, stoppingToken), ended),
            failure => ended.TrySetException(failure));
        await ended.Task;
    }

    /// <summary>What nobody has expected ends the service, as a message that waits for ever would not be noticed.</summary>
    private static async Task FailAsync(Task handling, TaskCompletionSource ended)
    {
        try
        {
            await handling;
        }
        catch (Exception failure)
        {
            ended.TrySetException(failure);
        }
    }

    /// <summary>Begins the command before it returns, so that commands are executed in the order of the messages.</summary>
    private async Task HandleAsync(RabbitMqMessage message, CancellationToken stop)
    {
        if (ControlMessage.Parse(message.Body, message.MessageId, out var faults, bounds: dispatcher.Bounds) is not { } request)
        {
            await PutAsideAsync(message, [.. faults.Select(fault => fault.ToString())]);
            return;
        }

        var key = Convert.ToHexString(SHA256.HashData(message.Body.Span)) + request.Id;
        if (!returned.TryRemove(key, out var executing))
            executing = dispatcher.ExecuteAsync(request, Patience, stop);
        ControlReply reply;
        try
        {
            reply = await executing.WaitAsync(options.RedeliverAfter, clock, stop);
        }
        catch (TimeoutException)
        {
            returned[key] = executing; // Before the broker can deliver the message again.
            Interlocked.Increment(ref returns);
            await message.ReturnAsync();
            return;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // The broker keeps the message for the next start.
        }

        await message.ReplyAsync(ControlJson.Write(reply));
        await message.AcknowledgeAsync();
    }

    private async Task PutAsideAsync(RabbitMqMessage message, IReadOnlyList<string> faults)
    {
        var reason = string.Join("; ", faults);
        reason = reason.Length > LongestReason ? $"{reason[..LongestReason]}…" : reason;
        deadLetters.Take(reason);
        metrics.TakeDeadLetter();
        var reply = new ControlReply(
            message.MessageId, null, ControlDispatcher.Replica, ReplyStatus.Invalid, "The message was put aside.", [])
        {
            Faults = faults,
        };
        await message.ReplyAsync(ControlJson.Write(reply));
        await message.PutAsideAsync(reason);
    }
}

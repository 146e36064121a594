using System.Reactive;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Connectors.Tests.Outages;

/// <summary>A pipeline on a store, what it says of the store, and what it has delivered. It can be started again and again.</summary>
internal sealed class WatchedPipeline
{
    internal const string Name = "watched";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock sync = new();
    private readonly List<CheckpointEvent> events = [];
    private readonly RecordingChannel channel = new();
    private Task run = Task.CompletedTask;
    private CancellationTokenSource stop = new();

    internal PipelineOptions Options { get; init; } = new();

    internal CheckpointOptions Checkpoints { get; init; } =
        new() { Interval = TimeSpan.FromMilliseconds(20), RetryInterval = TimeSpan.FromMilliseconds(20), MaximumUncommittedViews = 1000 };

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal IReadOnlyList<CheckpointEvent> Events => Locked(() => events.ToArray());

    /// <inheritdoc cref="RecordingChannel.Settled"/>
    internal IReadOnlyList<string> Delivered => channel.Settled;

    internal Task Run => run;

    internal void Start(ICheckpointStore store, IViewSource source, CheckpointOptions? checkpoints = null)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var pipeline = new CheckpointedPipeline(
            Name, Options, checkpoints ?? Checkpoints, store, [channel], Clock, Observer.Create<CheckpointEvent>(Add));
        run = pipeline.RunAsync(source, stop.Token);
    }

    /// <summary>Ends when the source has been read to its end and all views are committed.</summary>
    internal Task EndAsync() => run.WaitAsync(Patience, TestContext.Current.CancellationToken);

    internal async Task StopAsync()
    {
        await stop.CancelAsync();
        await EndAsync();
    }

    internal Task UntilAsync(CheckpointEventKind kind, int times = 1) =>
        UntilAsync(() => Events.Count(said => said.Kind == kind) >= times, $"{kind}, {times} times");

    /// <summary>Ends when the store has failed in this way. Gives the problem.</summary>
    internal async Task<CheckpointStoreException> UntilRetryingAsync(CheckpointStoreProblem problem)
    {
        await UntilAsync(() => Find() is not null, $"an attempt again because the store is {problem}");
        return Find()!;

        CheckpointStoreException? Find() => Events.Where(said => said.Kind == CheckpointEventKind.Retrying)
            .Select(said => said.Problem).OfType<CheckpointStoreException>().FirstOrDefault(failure => failure.Problem == problem);
    }

    internal Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    internal async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (run.IsFaulted)
                await run;
            Assert.True(
                TimeProvider.System.GetElapsedTime(begin) < Patience,
                $"Not within {Patience.TotalSeconds} s: {what}. Said: "
                + $"{string.Join("; ", Events.TakeLast(5).Select(said => $"{said.Kind} {said.Id} {said.Problem?.Message}"))}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private void Add(CheckpointEvent said) => Locked(() =>
    {
        events.Add(said);
        return 0;
    });

    private T Locked<T>(Func<T> read)
    {
        lock (sync)
            return read();
    }
}

using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>Runs pipelines in stores, and keeps what they delivered.</summary>
internal sealed class StoredRun
{
    public const string Name = "test/views";

    /// <summary>After so many batches, about half the stream has been read, and an incident is open.</summary>
    public const int Half = 30;

    private readonly RecordingChannel channel = new();

    /// <inheritdoc cref="RecordingChannel.Settled"/>
    public string Delivered => string.Join('\n', channel.Settled);

    /// <summary>Runs until <paramref name="end"/> batches are committed, or to the end of the stream.</summary>
    public async Task RunAsync(ICheckpointStore store, int end, string name = Name)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var source = new NumberedSource(end);
        var run = Start(store, source, stop.Token, name);
        if (end < NumberedSource.All)
        {
            await await Task.WhenAny(source.Committed, run);
            await stop.CancelAsync();
        }

        await run;
    }

    public Task Start(ICheckpointStore store, IViewSource source, CancellationToken stop, string name = Name)
    {
        var checkpoints = new CheckpointOptions { Interval = TimeSpan.FromMilliseconds(10) };
        var events = new Subject<CheckpointEvent>();
        var pipeline = new CheckpointedPipeline(name, new PipelineOptions(), checkpoints, store, [channel], TimeProvider.System, events);
        return pipeline.RunAsync(source, stop);
    }
}

using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What people ask the pipeline, and have it do.</summary>
public sealed partial class DetectionPipeline
{
    public PipelineStatistics Statistics => counters.Snapshot(watermarks, windows, incidents) with
    {
        Paused = Paused,
        AdjustedOptions = control.Operation.Options,
        OptionsVersion = control.Operation.Version,
    };

    /// <summary>
    /// Options that had been set while the pipeline ran, and that cannot hold any more after the restore; each a sentence.
    /// </summary>
    public IReadOnlyList<string> DroppedOptions { get; }

    /// <summary>Who has the pipeline rest. Then its source must not be read. Null: it does not rest.</summary>
    internal Pause? Paused => control.Operation.Paused;

    /// <summary>The first moment that is not decided yet. Null: before the first view.</summary>
    internal DateTimeOffset? EventTime =>
        eventTime.HasTime ? DateTimeOffset.FromUnixTimeMilliseconds(eventTime.Clock + 1) : null;

    /// <summary>
    /// Executes a command, between two batches. A command whose id is remembered does nothing again, and has the same outcome.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stream has ended.</exception>
    public CommandOutcome Execute(ControlCommand command)
    {
        var request = new CommandRequest(command);
        commands.OnNext(request);
        Rest();
        return request.Outcome ?? throw new InvalidOperationException("No command can be executed after the end of the stream.");
    }

    /// <summary>While the pipeline is paused, event time stands, also if a batch was under way.</summary>
    private void Rest() => watermarks.Stands = Paused is not null;
}

using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>One pipeline in one process, as those who send commands see it.</summary>
internal sealed class CommandedRun(SimulatedProcess process, SimulatedSource source)
{
    private readonly HashSet<string> confirmed = new(StringComparer.Ordinal);
    private readonly ExecutionOrder order = new();
    private HashSet<string>? known;
    private DetectionPipeline? pipeline;

    public bool IsAwake => process.IsAwake;

    /// <summary>Whether a command would be executed at once.</summary>
    public bool IsReading => IsAwake && known is not null && source.IsSubscribed;

    /// <summary>Kills the process.</summary>
    public void Kill() => process.Kill();

    /// <summary>Whether the process is killed.</summary>
    public bool IsDead => process.IsDead;

    /// <summary>Whether somebody has the pipeline rest.</summary>
    public bool IsPaused => IsReading && pipeline!.Paused is not null;

    /// <summary>Told of faults.</summary>
    public required SimulatedReceiver Decided { get; init; }

    /// <summary>Executes a command.</summary>
    public required Func<ControlCommand, Task<CommandOutcome>> Execute { get; init; }

    /// <summary>
    /// Whether the store has lost commits since the pipeline was acquired. Then the pipeline may begin anew at any moment.
    /// </summary>
    public required Func<bool> IsBehindLoss { get; init; }

    /// <summary>How often the store has lost commits of the pipeline.</summary>
    public required Func<int> Losses { get; init; }

    /// <summary>Whether the store has lost nothing since it took the latest commit.</summary>
    public required Func<bool> IsKept { get; init; }

    /// <summary>Whether a command is for the pipeline.</summary>
    public bool Reads(PlannedCommand planned) => source.Shards.Contains(planned.Shard);

    public bool IsAt(PlannedCommand planned) => source.HasRead(planned.Shard, planned.Place);

    /// <summary>Whether the state of the pipeline has the outcome of a command.</summary>
    public bool Knows(ControlCommand command) => known!.Contains(command.Id);

    /// <summary>Whether this process has confirmed a command. If the store loses it, the process has to execute it again.</summary>
    public bool HasConfirmed(ControlCommand command) => confirmed.Contains(command.Id);

    public void Confirm(ControlCommand command) => confirmed.Add(command.Id);

    /// <summary>Sends a command to the process.</summary>
    public Task<CommandOutcome> SendAsync(ControlCommand command)
    {
        order.Give(command.Id, isKnown: Knows(command));
        return Execute(command);
    }

    /// <summary>The pipeline begins, from whatever the store has.</summary>
    public void Begin(DetectionPipeline pipeline)
    {
        this.pipeline = pipeline;
        var outcomes = pipeline.Save()
            .Where(entry => entry.Key is { Section: StateSections.Commands, High: ControlState.OutcomeEntry })
            .OrderBy(entry => entry.Key.Low)
            .Select(entry => CommandOutcome.Load(new StateReader(entry.Value)).CommandId)
            .ToList();
        known = outcomes.ToHashSet(StringComparer.Ordinal);
        order.Begin(outcomes);
        pipeline.Outcomes.Subscribe(outcome =>
        {
            known.Add(outcome.CommandId);
            Decided.Expect(
                order.Take(outcome.CommandId), $"{outcome.CommandId} is executed again behind a command that came after it before.");
        });
    }
}

using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Control;

/// <summary>Executes the commands about the pipeline itself: its options, what it has learned, and whether it rests.</summary>
/// <param name="state">What people have decided so far.</param>
/// <param name="adjustable">The options of the pipeline.</param>
/// <param name="keys">What the pipeline has learned.</param>
internal sealed class OperationDesk(OperationState state, AdjustableOptions adjustable, IKeyMemory keys)
{
    /// <summary>Null: the command is not about the pipeline itself.</summary>
    /// <param name="command">Without faults.</param>
    /// <param name="at">Event time. Null: before the first view.</param>
    public (CommandStatus Status, string? Reason)? Execute(ControlCommand command, DateTimeOffset? at) => command switch
    {
        SetOptionsCommand set => Set(set, at),
        ForgetCommand forget => keys.Forget(forget) is { } refusal ? (CommandStatus.Refused, refusal) : (CommandStatus.Done, null),
        PauseCommand pause => Rest(new Pause(pause.By, pause.Comment, at)),
        ResumeCommand => GoOn(),
        _ => null,
    };

    private (CommandStatus Status, string? Reason) Set(SetOptionsCommand command, DateTimeOffset? at)
    {
        var keys = command.Options.Select(option => adjustable.Find(option.Key)).OfType<string>().Distinct().ToList();
        var before = keys.ConvertAll(adjustable.InForce);
        if (adjustable.Set(command.Options) is { Count: > 0 } faults)
            return (CommandStatus.Refused, string.Join("; ", faults));
        var reset = command.Options.Where(option => option.Value is null).Select(option => adjustable.Find(option.Key)!)
            .Where(key => state.TryFind(key, out _)).ToList();
        var set = command.Options.Where(option => option.Value is not null)
            .Select(option => new AdjustedOption(
                adjustable.Find(option.Key)!, adjustable.InForce(option.Key), state.Version + 1, command.By, command.Comment, at)
            {
                Configured = adjustable.Configured(option.Key),
            })
            .Where(option => !state.TryFind(option.Key, out var known) || known.Value != option.Value)
            .ToList();
        if (reset.Count + set.Count == 0)
            return (CommandStatus.AlreadySo, $"the options are so already, since version {state.Version}");
        state.Change(set, reset);
        var changes = keys.Zip(before, (key, value) => $"{key} {value} → {adjustable.InForce(key)}");
        return (CommandStatus.Done, $"{string.Join(", ", changes)} (version {state.Version})");
    }

    private (CommandStatus Status, string? Reason) Rest(Pause pause)
    {
        if (state.Paused is { } earlier)
            return (CommandStatus.AlreadySo, $"{earlier.By} has paused the pipeline{At(earlier)}");
        state.Rest(pause);
        return (CommandStatus.Done, null);
    }

    private (CommandStatus Status, string? Reason) GoOn()
    {
        if (state.Paused is not { } pause)
            return (CommandStatus.AlreadySo, "the pipeline is not paused");
        state.GoOn();
        return (CommandStatus.Done, $"{pause.By} had paused the pipeline{At(pause)}");
    }

    private static string At(Pause pause) => pause.At is { } at ? FormattableString.Invariant($" at {at:u}") : string.Empty;
}

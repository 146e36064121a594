using System.Reactive;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>The control stage, with a test in the place of the incident stage. Times are minutes.</summary>
internal sealed class ControlRig : IDisposable
{
    private static readonly TimeSpan KeepEnded = TimeSpan.FromHours(1);

    private readonly Subject<IncidentChange> changes = new();
    private readonly Subject<CommandRequest> commands = new();
    private readonly Subject<string> closings = new();
    private readonly EventTimeScheduler time = new();
    private readonly ControlOptions options;
    private readonly ControlState state;
    private readonly IDisposable subscription;
    private readonly Keys keys = new();

    public ControlRig(
        ControlOptions? options = null,
        IReadOnlyList<StateEntry>? checkpoint = null,
        double? minute = 0,
        PipelineOptions? configured = null)
    {
        Configured = configured ?? new();
        InForce = Configured with { Detection = Configured.Detection with { }, Incidents = Configured.Incidents with { } };
        this.options = options ?? new ControlOptions();
        state = new ControlState(this.options, KeepEnded, tracksChanges: true);
        States = new OperatorStates([state]);
        States.Load(checkpoint ?? []);
        var adjustable = new AdjustableOptions(Configured, InForce);
        Dropped = state.Operation.PutInForce(adjustable);
        if (minute is { } now)
            Advance(now);
        subscription = changes
            .Control(
                commands,
                state,
                time,
                this.options,
                closings,
                Observer.Create<CommandOutcome>(Outcomes.Add),
                new(state.Operation, adjustable, keys))
            .Subscribe(Told.Add, () => IsCompleted = true);
        closings.Subscribe(id => Change(IncidentTransition.Closed, id, IncidentReason.ClosedByHand));
    }

    public OperatorStates States { get; }

    public PipelineOptions Configured { get; }

    /// <summary>As commands have set them.</summary>
    public PipelineOptions InForce { get; }

    /// <summary>The options that the restore has dropped.</summary>
    public IReadOnlyList<string> Dropped { get; }

    public OperationState Operation => state.Operation;

    public Silences Silences => state.Silences;

    /// <summary>Why nothing can be forgotten; null: it can.</summary>
    public string? KeepsKeys { get => keys.Refusal; set => keys.Refusal = value; }

    public List<IncidentChange> Told { get; } = [];

    public List<CommandOutcome> Outcomes { get; } = [];

    public bool IsCompleted { get; private set; }

    /// <summary>What was told, a line each: minute, incident, what happened, its silences, and who did it.</summary>
    public IReadOnlyList<string> Lines => [.. Told.Select(Line)];

    public static DateTimeOffset At(double minute) => IncidentSamples.Start.AddMinutes(minute);

    /// <summary>Moves event time on. The next undecided moment is the minute.</summary>
    public void Advance(double minute) => time.AdvanceTo(At(minute).ToUnixTimeMilliseconds() - 1);

    public CommandOutcome Execute(ControlCommand command)
    {
        var request = new CommandRequest(command);
        commands.OnNext(request);
        return request.Outcome!;
    }

    public void Open(string id, string property = "p", string? title = null, string errorType = "e") =>
        Push(IncidentTransition.Opened, Sample(id) with { PropertyId = property, VideoId = title, ErrorType = errorType });

    /// <summary>The incident stage decides something about an incident that it knows.</summary>
    public void Change(IncidentTransition transition, string id, IncidentReason? reason = null, string? title = null)
    {
        var before = Told.FindLast(change => change.Incident.Id == id)!.Incident;
        var ends = transition is IncidentTransition.Closed or IncidentTransition.Expired;
        Push(transition, before with
        {
            Status = ends ? IncidentStatus.Closed : IncidentStatus.Open,
            ResolvedAt = ends ? Now : null,
            UpdatedAt = Now,
            Reason = reason,
            VideoTitle = title ?? before.VideoTitle,
            Acknowledgement = null,
            SilencedBy = [],
            Trail = [],
        });
    }

    public void Complete() => changes.OnCompleted();

    /// <summary>A new stage goes on with what this one has saved.</summary>
    public ControlRig Restore(PipelineOptions? configured = null)
    {
        var restored = new ControlRig(options, States.Save(), (Now - At(0)).TotalMinutes, configured ?? Configured);
        restored.Told.AddRange(Told);
        restored.Outcomes.AddRange(Outcomes);
        Dispose();
        return restored;
    }

    public void Dispose() => subscription.Dispose();

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.Clock + 1);

    private Incident Sample(string id) => IncidentSamples.Sample(id) with { StartedAt = Now, UpdatedAt = Now };

    private void Push(IncidentTransition transition, Incident incident) => changes.OnNext(new IncidentChange(transition, incident));

    private static string Line(IncidentChange change)
    {
        var (transition, incident) = change;
        var minute = (incident.UpdatedAt - At(0)).TotalMinutes;
        var what = incident.Reason is { } reason ? $"{transition}/{reason}" : $"{transition}";
        var silences = string.Join(',', incident.SilencedBy);
        return FormattableString.Invariant($"{minute:0} {incident.Id} {what} [{silences}] {incident.Trail[^1].By}").TrimEnd();
    }

    private sealed class Keys : IKeyMemory
    {
        public string? Refusal { get; set; }

        public string? Forget(ForgetCommand command) => Refusal;
    }
}

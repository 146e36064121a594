using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Views in, incidents out: one instance of the dataflow. Synchronous and single-threaded: when <see cref="OnNext"/>
/// returns, nothing is in flight, so that <see cref="Save"/> between two batches is a consistent cut.
/// </summary>
public sealed partial class DetectionPipeline : IObserver<ViewBatch>, IDisposable
{
    /// <summary>The most memory that the circumstances of views take.</summary>
    private const long FacetBytes = 256L << 20;

    private readonly Subject<ViewBatch> batches = new();
    private readonly Subject<CommandRequest> commands = new();
    private readonly Subject<string> closings = new();
    private readonly Subject<IncidentChange> changes = new();
    private readonly Subject<CommandOutcome> outcomes = new();
    private readonly EventTimeScheduler eventTime = new();
    private readonly PipelineOptions options;
    private readonly AdjustableOptions adjustable;
    private readonly PipelineCounters counters = new();
    private readonly DeadLetterSampler deadLetters;
    private readonly WatermarkState watermarks;
    private readonly PaneState panes;
    private readonly FacetState facets;
    private readonly WindowState windows;
    private readonly IncidentState incidents;
    private readonly ControlState control;
    private readonly PositionState positions;
    private readonly HistoryState history;
    private readonly OperatorStates state;
    private readonly Judge judge;
    private readonly IDisposable subscription;

    /// <param name="options">What can be set.</param>
    /// <param name="checkpoint">The entries that an earlier pipeline has saved, to go on from there; null: start anew.</param>
    /// <param name="tracksChanges">Whether <see cref="TakeChanges"/> will be called: changes are remembered for it.</param>
    /// <param name="clock">
    /// Processing time. It limits event time while a partition has been read to its end. Null: the stream has no present, as files have
    /// none.
    /// </param>
    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read; the message says what to do.</exception>
    public DetectionPipeline(
        PipelineOptions options, IReadOnlyList<StateEntry>? checkpoint = null, bool tracksChanges = false, TimeProvider? clock = null)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));

        this.options = options.Copy();
        adjustable = new AdjustableOptions(options, this.options);
        options = this.options;
        deadLetters = new DeadLetterSampler(options.DeadLetters);
        watermarks = new WatermarkState(options.EventTime, options.Windows.PaneInterval, tracksChanges, clock);
        panes = new PaneState(options.Windows.PaneInterval, tracksChanges);
        windows = new WindowState(options.Windows, options.Baseline, () => options.Detection.MinimumErrors, tracksChanges);
        facets = new FacetState(FacetBytes, property => windows.IsHeld(property), tracksChanges, clock);
        incidents = new IncidentState(windows, options.Incidents, tracksChanges);
        control = new ControlState(options.Control, ClosingRules.LongestReopening(options.Incidents), tracksChanges);
        positions = new PositionState(tracksChanges);
        Outbox = new OutboxState(options.Effects.MaximumWaiting, tracksChanges);
        history = new HistoryState(options.Incidents.MaximumHistory, tracksChanges);
        Alignment = new WatermarkAlignment(watermarks);
        state = new OperatorStates([positions, watermarks, panes, windows, incidents, counters, control, Outbox, history, facets]);
        state.Load(checkpoint ?? []);
        DroppedOptions = control.Operation.PutInForce(adjustable);
        Rest();
        control.Adopt(history.All);
        watermarks.MeasureDriftFrom(panes.Earliest);
        changes.Subscribe(Outbox.Add); // The only way out: the outbox is committed, then couriers deliver it.
        outcomes.Subscribe(Outbox.Add);
        changes.Subscribe(history.Apply);
        judge = new Judge(options.Detection, options.Windows);
        subscription = Compose().Subscribe(changes);
    }

    /// <summary>How this build encodes what <see cref="Save"/> gives.</summary>
    public static CheckpointSchema Schema { get; } = new(
    [
        PositionState.Layout,
        WatermarkState.Layout,
        PaneState.Layout,
        WindowState.Layout,
        IncidentState.Layout,
        PipelineCounters.Layout,
        ControlState.Layout,
        OutboxState.Layout,
        HistoryState.Layout,
        FacetState.Layout,
    ]);

    /// <summary>What was upgraded in a checkpoint of an earlier release; null: nothing.</summary>
    public string? Upgraded => state.Upgraded;

    /// <summary>Every change of every incident, in event-time order. Completes when the last batch is decided.</summary>
    public IObservable<IncidentChange> Changes => changes.AsObservable();

    /// <summary>The outcome of every command, once.</summary>
    public IObservable<CommandOutcome> Outcomes => outcomes.AsObservable();

    /// <summary>Samples of records that were rejected and of views that came late, the first of each reason.</summary>
    public IObservable<DeadLetter> DeadLetters => deadLetters.Letters;

    /// <summary>Which partitions may be read on without running too far ahead of the others.</summary>
    public IPartitionGate Alignment { get; }

    /// <summary>Where to read on in each partition. The dictionary goes on changing.</summary>
    public IReadOnlyDictionary<string, string> Positions => positions.All;

    /// <summary>
    /// The latest state of every incident that is kept; none where changes are not tracked. The collection goes on changing.
    /// </summary>
    public IReadOnlyCollection<Incident> History => history.All;

    /// <summary>Whether the stream has ended. No command can be executed any more.</summary>
    internal bool HasCompleted { get; private set; }

    /// <summary>Effects on their way to channels. Empty where changes are not tracked.</summary>
    internal OutboxState Outbox { get; }

    public void OnNext(ViewBatch value)
    {
        batches.OnNext(value);
        positions.Take(value);
    }

    /// <summary>The stream has ended: everything counted so far is decided, open incidents stay open.</summary>
    public void OnCompleted()
    {
        HasCompleted = true;
        batches.OnCompleted();
    }

    public void OnError(Exception error) => batches.OnError(error);

    /// <summary>The whole state, between two batches.</summary>
    public IReadOnlyList<StateEntry> Save() => state.Save();

    /// <summary>About how many bytes <see cref="TakeChanges"/> would give now.</summary>
    internal long ChangedBytes => state.ChangedBytes;

    /// <summary>What has changed in the state since the last call, or since the start, between two batches.</summary>
    public StateChanges TakeChanges() => state.TakeChanges();

    /// <summary>The whole state as changes of an empty one; <see cref="TakeChanges"/> goes on from there.</summary>
    internal StateChanges TakeAll() => state.TakeAll();

    /// <summary>The result of the latest <see cref="TakeChanges"/> is not used any more: its memory can be used again.</summary>
    internal void ReleaseChanges() => state.Release();

    public void Dispose()
    {
        subscription.Dispose();
        batches.Dispose();
        commands.Dispose();
        closings.Dispose();
        outcomes.Dispose();
        changes.Dispose();
        deadLetters.Dispose();
    }

    /// <summary>The dataflow.</summary>
    private IObservable<IncidentChange> Compose()
    {
        eventTime.AdvanceTo(watermarks.Multiplexer.Watermark);
        var operation = new OperationDesk(control.Operation, adjustable, new KeyMemory(windows, incidents, facets));
        return batches
            .Watermarks(watermarks)
            .Do(counters.Count)
            .Do(deadLetters.Sample)
            .Panes(panes)
            .Do(release => eventTime.AdvanceTo(release.Watermark))
            .Do(incidents.CountLate)
            .Do(facets.Take)
            .Observations(windows)
            .Verdicts(judge)
            .Do(counters.Count)
            .Incidents(incidents, judge, eventTime, options.Incidents, options.Baseline, facets, closings)
            .Do(decision => windows.Apply(decision.Feedback))
            .Select(decision => decision.Change)
            .Control(commands, control, eventTime, options.Control, closings, outcomes, operation);
    }
}

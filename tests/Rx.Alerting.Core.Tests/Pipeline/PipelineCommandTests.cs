using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Commands in the stream, between two batches.</summary>
public sealed class PipelineCommandTests
{
    private static readonly IReadOnlyList<TestView> Views = TestTraffic.Merge(
        new TestTraffic(1) { Step = 1000 }.Add(2000, "one", ("a", 0.01)).Add(600, "one", ("a", 0.6)).Add(3000, "one", ("a", 0.01)),
        new TestTraffic(2) { Step = 1100 }.Add(2200, "two", ("b", 0.01)).Add(200, "two", ("b", 0.5)).Add(2500, "two", ("b", 0.01)));

    private static readonly PipelineOptions Options = new()
    {
        Incidents = new IncidentOptions { UpdateInterval = TimeSpan.FromMinutes(1) },
        Control = new ControlOptions { EndsSoon = TimeSpan.FromMinutes(1) },
    };

    private static readonly Incident First = PipelineRun.Of(Views, Options)[0].Incident;

    /// <summary>What comes after so many views.</summary>
    private static readonly IReadOnlyList<(int After, ControlCommand Command)> Commands =
    [
        (0, new AcknowledgeCommand("early", "ann", First.Id)),
        (1000, new MaintenanceCommand("m", "ann", new("two"), "*/20 * * * *", "Europe/Berlin", TimeSpan.FromMinutes(7), "Often")),
        (1500, new ForgetCommand("f1", "ann", "two")),
        (2000, new SetOptionsCommand("o1", "ann", [new("Incidents:AlertAffectedViews", "9"), new("Incidents:ClosingViews", "90")])),
        (2000, new PauseCommand("p1", "ann", "Test")),
        (2000, new ResumeCommand("p2", "bob")),
        (3000, new ForgetCommand("f2", "ann", "two", null, "b")),
        (3500, new ForgetCommand("f3", "ann", "two", "title-1")),
        (3501, new SetOptionsCommand("o2", "ann", [new("Incidents:ClosingViews", null)])),
        (4150, new AcknowledgeCommand("ack", "ann", First.Id, "Mine")),
        (4151, new SilenceCommand("s", "bob", new("o*", ErrorType: "a"), "We know") { Duration = TimeSpan.FromMinutes(4) }),
        (4300, new AcknowledgeCommand("ack", "ann", First.Id, "Mine")),
        (4400, new CloseCommand("close", "bob", First.Id, "Fixed")),
        (4401, new CloseCommand("again", "bob", First.Id)),
    ];

    private static readonly (string Changes, string Outcomes) Expected = Run(4096, restores: false);

    [Fact]
    public void Reference_HasEveryDecision()
    {
        foreach (var reason in new[] { "acknowledged", "silenced", "silence_ends_soon", "silence_ended", "closed_by_hand" })
            Assert.Contains($"\"reason\":\"{reason}\"", Expected.Changes, StringComparison.Ordinal);
        Assert.Equal(10, Expected.Outcomes.Split(nameof(CommandStatus.Done)).Length - 1 - 1);
        Assert.Equal(2, Expected.Outcomes.Split(nameof(CommandStatus.Refused)).Length - 1);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(100, true)]
    [InlineData(501, true)]
    public void Changes_WithCommandsAtTheSameTimes_AreByteIdenticalHoweverBatchesAreCut(int size, bool restores) =>
        Assert.Equal(Expected, Run(size, restores));

    [Fact]
    public void Execute_Close_EndsTheIncidentAndItsSeriesStartsAnew()
    {
        using var pipeline = new DetectionPipeline(Options, tracksChanges: true);
        var changes = new List<IncidentChange>();
        using var subscription = pipeline.Changes.Subscribe(changes.Add);
        pipeline.OnNext(TestBatches.Of("p", Views.Take(4400)));

        var outcome = pipeline.Execute(new CloseCommand("c", "ann", First.Id, "Fixed"));

        Assert.Equal(CommandStatus.Done, outcome.Status);
        var (transition, incident) = changes[^1];
        Assert.Equal((IncidentTransition.Closed, IncidentReason.ClosedByHand), (transition, incident.Reason));
        Assert.Equal(new TrailEntry(incident.UpdatedAt, transition, incident.Reason, "ann", "Fixed"), incident.Trail[^1]);
        Assert.Equal(incident.UpdatedAt, incident.ResolvedAt);
        Assert.Equal(outcome, Assert.IsType<OutcomeEffect>(pipeline.Outbox.Log[^1]).Outcome);
        Assert.Equal(incident, Assert.IsType<ChangeEffect>(pipeline.Outbox.Log[^2]).Change.Incident);
        Assert.DoesNotContain(pipeline.History, known => known.Id == First.Id && known.Status == IncidentStatus.Open);
        Assert.Equal(CommandStatus.Refused, pipeline.Execute(new AcknowledgeCommand("d", "ann", First.Id)).Status);

        // It is still broken: the views that come now tell so, not those before.
        var closed = changes.Count;
        pipeline.OnNext(TestBatches.Of("p", Views.Skip(4400)));
        var next = changes.Skip(closed).First(change => change.Incident.IncidentKey == First.IncidentKey);
        Assert.Equal((IncidentTransition.Reopened, First.Id), (next.Transition, next.Incident.Id));
        var (from, to) = (incident.ResolvedAt!.Value.ToUnixTimeMilliseconds(), next.Incident.UpdatedAt.ToUnixTimeMilliseconds());
        var seen = Views.Count(view => view.Time >= from - 1000 && view.Time < to);
        Assert.InRange(next.Incident.SampleSize, 1, seen);
    }

    [Fact]
    public void Execute_AfterTheEnd_Throws()
    {
        using var pipeline = new DetectionPipeline(Options);
        pipeline.OnCompleted();

        Assert.Throws<InvalidOperationException>(() => pipeline.Execute(Commands[0].Command));
    }

    private static (string Changes, string Outcomes) Run(int size, bool restores)
    {
        var (changes, outcomes) = (new List<IncidentChange>(), new List<CommandOutcome>());
        var pipeline = Start(null);
        var read = 0;
        foreach (var (after, command) in Commands.Append((Views.Count, null!)))
        {
            foreach (var batch in Views.Skip(read).Take(after - read).Chunk(size))
            {
                pipeline.OnNext(TestBatches.Of("p", batch));
                if (restores)
                    Restart();
            }

            read = after;
            if (command is null)
                break;
            pipeline.Execute(command);
            if (restores)
                Restart();
        }

        pipeline.OnCompleted();
        pipeline.Dispose();
        return (PipelineRun.Json(changes), string.Join('\n', outcomes));

        DetectionPipeline Start(DetectionPipeline? before)
        {
            var started = new DetectionPipeline(Options, before?.Save());
            started.Changes.Subscribe(changes.Add);
            started.Outcomes.Subscribe(outcomes.Add);
            return started;
        }

        void Restart()
        {
            var before = pipeline;
            pipeline = Start(before);
            before.Dispose();
        }
    }
}

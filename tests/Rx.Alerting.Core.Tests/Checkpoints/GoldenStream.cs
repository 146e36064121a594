using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>
/// The input of the golden files: a small stream. In its middle, the state has entries of every kind. The input of earlier releases' files
/// is the same stream without what they did not know.
/// </summary>
internal sealed class GoldenStream
{
    public static readonly GoldenStream Now = new(59, knowsAll: true);

    /// <summary>Without incidents of the platform, and incidents that have ended.</summary>
    public static readonly GoldenStream Earlier = new(30, knowsAll: false);

    public static readonly PipelineOptions Options = new()
    {
        Baseline = new BaselineOptions { MaximumVariation = 0.4 },
        Detection = new DetectionOptions { TailProbability = 1e-6 },
        EventTime = new EventTimeOptions { MaximumOutOfOrderness = TimeSpan.FromSeconds(10) },
        Windows = new WindowOptions { MaximumProperties = 2 },
        Incidents = new IncidentOptions { AlertAffectedViews = 10, UpdateInterval = TimeSpan.FromMinutes(1), PlatformProperties = 2 },
    };

    private readonly int batchesBefore;
    private readonly bool knowsAll;

    private GoldenStream(int batchesBefore, bool knowsAll) => (this.batchesBefore, this.knowsAll) = (batchesBefore, knowsAll);

    /// <summary>The state in the middle, in the order of its keys. The latest changes of incidents are not delivered yet.</summary>
    public IReadOnlyList<StateEntry> Before()
    {
        using var pipeline = new DetectionPipeline(Options, tracksChanges: true);
        foreach (var batch in Make().Take(batchesBefore))
            pipeline.OnNext(batch);
        foreach (var command in Commands)
            pipeline.Execute(command);
        // One channel is ahead, another is waiting to try again.
        pipeline.Outbox.Begin(["console", "page"]);
        var (first, second) = (pipeline.Outbox.Log[0].Sequence, pipeline.Outbox.Log[1].Sequence);
        pipeline.Outbox.Move(new("console", second));
        pipeline.Outbox.Move(new("page", first) { Attempts = 2, NextAttempt = new(2026, 3, 2, 1, 2, 3, TimeSpan.Zero) });
        return Sorted(pipeline.Save());
    }

    /// <summary>
    /// What people decide in the middle. No incident of the stream is concerned, because earlier releases have no commands.
    /// </summary>
    private static IReadOnlyList<ControlCommand> Commands { get; } =
    [
        new SilenceCommand("silence-1", "ann", new("nobody", "Frozen*", "c"), "We know.") { Duration = TimeSpan.FromHours(2) },
        new MaintenanceCommand("maintenance-1", "bob", new("nobody"), "0 3 * * SUN", "Europe/Berlin", TimeSpan.FromHours(1), "Weekly")
        {
            Until = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        },
        new AcknowledgeCommand("acknowledge-1", "ann", "no-incident", "Mine"),
        new SetOptionsCommand(
            "set-1", "ann", [new("Incidents:ExpireAfterSilence", "20h"), new("Incidents:TitleClosingViews", null)], "Quiet"),
        new PauseCommand("pause-1", "bob", "The broker moves."),
    ];

    /// <summary>What a pipeline decides that goes on from the checkpoint to the end of the stream, as JSON lines.</summary>
    public string After(IReadOnlyList<StateEntry> checkpoint)
    {
        using var pipeline = new DetectionPipeline(Options, checkpoint, tracksChanges: true);
        var changes = new List<IncidentChange>();
        using var subscription = pipeline.Changes.Subscribe(changes.Add);
        pipeline.Execute(new ResumeCommand("resume-1", "bob"));
        foreach (var batch in Make().Skip(batchesBefore))
            pipeline.OnNext(batch);
        pipeline.OnCompleted();
        return PipelineRun.Json(changes);
    }

    public static IReadOnlyList<StateEntry> Sorted(IEnumerable<StateEntry> entries) =>
    [
        .. entries.OrderBy(entry => StateSections.All.ToList().IndexOf(entry.Key.Section))
            .ThenBy(entry => entry.Key.High)
            .ThenBy(entry => entry.Key.Low),
    ];

    /// <summary>Most failures come through one CDN.</summary>
    private static TestView Circumstanced(TestView view) => view with
    {
        Slice = $"cdn={(view.ErrorType.Length > 0 && view.Time % 5 > 0 ? "fastly" : view.Time % 2 == 0 ? "akamai" : "lumen")} country=DE",
    };

    /// <summary>Makes the batches. Each run needs new batches, because a pipeline takes late views out of its batches.</summary>
    private List<ViewBatch> Make()
    {
        var traffic = new TestTraffic(11) { Step = 900, Titles = 4 };
        for (var i = 0; i < 80; i++)
        {
            traffic.Add(12, "one", ("a", i is > 12 and < 30 ? 0.4 : 0.05))
                .Add(3, "one", "Frozen Corazón", ("c", i is > 8 and < 32 ? 0.9 : 0))
                .Add(2, "two", ("b", 0.1));
            if (knowsAll)
                traffic.Add(6, "one", "Over", ("e", i < 3 ? 0.9 : 0)).Add(12, "two", ("a", i is > 12 and < 30 ? 0.4 : 0.05));
        }

        var batches = traffic.Views.Chunk(17).Select((views, i) =>
        {
            var batch = TestBatches.Of($"p{i % 2}", knowsAll ? views.Select(Circumstanced) : views);
            batch.Position = $"{i + 1}";
            return batch;
        }).ToList();

        for (var i = 5; i < batches.Count; i += 6)
        {
            TestBatches.Add(batches[i], new(batches[i].Views[0].EventTime - 60_000, "one", "late"));
            TestBatches.Add(batches[i], new(batches[i].Views[0].EventTime, "beyond the bound"));
            batches[i].Reject(RejectionReason.Malformed, batches[i].Append("{"u8));
        }

        // Two views that are far ahead, and not confirmed yet when the state is taken. One succeeded; the other failed, and has every
        // field.
        var leap = batches[batchesBefore - 1];
        TestBatches.Add(leap, new(TestTraffic.Start + 90_000_000, "one", "leap"));
        TestBatches.Add(leap, new(TestTraffic.Start + 90_001_000, "one", "leap"));
        var failure =
            new Failure { ErrorType = leap.Append("d"u8), ErrorTypeHash = KeyHash.Of("d"), Message = leap.Append("d happened"u8) };
        leap.Views[^1].Failure = leap.Add(failure);
        ref var circumstances = ref leap.AddCircumstances(out leap.Views[^1].Circumstances);
        for (var i = 0; i < DimensionValues.Count; i++)
            circumstances.Values[i] = leap.Append(Encoding.UTF8.GetBytes($"{(Dimension)i}"));
        return batches;
    }
}

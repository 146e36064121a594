using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Options at run time, forgetting and pauses in the dataflow.</summary>
public sealed class OperationTests
{
    private static readonly IReadOnlyList<TestView> Views = new TestTraffic(1) { Step = 1000 }
        .Add(2000, "one", ("a", 0.01), ("b", 0.05)).Add(40, "one", ("a", 0.9)).Add(1000, "one", ("a", 0.01), ("b", 0.05)).Views;

    [Fact]
    public void SetOptions_BeforeTheFailure_DecidesAsIfConfiguredSo()
    {
        var strict = new PipelineOptions { Detection = new DetectionOptions { MinimumErrors = 30 } };
        Assert.NotEqual(PipelineRun.Json(PipelineRun.Of(Views)), PipelineRun.Json(PipelineRun.Of(Views, strict)));

        Assert.Equal(PipelineRun.Json(PipelineRun.Of(Views, strict)), Run(new(), ("Detection:MinimumErrors", "30")));
        Assert.Equal(PipelineRun.Json(PipelineRun.Of(Views)), Run(strict, ("Detection:MinimumErrors", "5")));
        var blind = new PipelineOptions { Incidents = new IncidentOptions { MinimumAffectedViewsPerHour = 1e6 } };
        Assert.Empty(PipelineRun.Of(Views, blind));
        Assert.Equal("", Run(new(), ("Incidents:MinimumAffectedViewsPerHour", "1e6")));

        static string Run(PipelineOptions options, params (string Key, string Value)[] set)
        {
            var changes = new List<IncidentChange>();
            using var pipeline = new DetectionPipeline(options);
            pipeline.Changes.Subscribe(changes.Add);
            pipeline.Execute(new SetOptionsCommand("c", "ann", [.. set.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))]));
            pipeline.OnNext(TestBatches.Of("p", Views));
            pipeline.OnCompleted();
            return PipelineRun.Json(changes);
        }
    }

    [Fact]
    public void Options_OfOnePipeline_AreNotThoseOfAnother()
    {
        var options = new PipelineOptions();
        using var one = new DetectionPipeline(options);
        one.Execute(new SetOptionsCommand("c", "ann", [new("Detection:MinimumErrors", "30")]));

        using var other = new DetectionPipeline(options);

        Assert.Equal(new PipelineOptions().Detection, options.Detection);
        Assert.Equal((1, 0), (one.Statistics.AdjustedOptions.Count, other.Statistics.AdjustedOptions.Count));
        Assert.Equal(1, one.Statistics.OptionsVersion);
    }

    [Fact]
    public void Forget_AProperty_RemovesItsEntriesAndThoseOfItsTitles()
    {
        using var pipeline = Read(2000);
        pipeline.TakeChanges();

        Assert.Equal(CommandStatus.Done, pipeline.Execute(new ForgetCommand("c", "ann", "one")).Status);

        var removed = pipeline.TakeChanges().Removed;
        Assert.Contains(removed, key => key.Section == StateSections.Properties);
        Assert.Contains(removed, key => key.Section == StateSections.Titles);
        Assert.Equal((0, 0), (pipeline.Statistics.Properties, pipeline.Statistics.Titles));
        Assert.DoesNotContain(pipeline.Save(), entry => entry.Key.Section == StateSections.Titles);
    }

    /// <summary>A forgotten key is as one that comes for the first time.</summary>
    [Fact]
    public void Forget_AProperty_GoesOnAsIfNeverSeen()
    {
        using var pipeline = Read(2000);
        using var never = new DetectionPipeline(new PipelineOptions(), tracksChanges: true);
        pipeline.Execute(new ForgetCommand("c", "ann", "one"));
        var pane = Views[1999].Time / 1000 * 1000; // The pane that is still open counts for the new beginning.
        var open = Views.Take(2000).Where(view => view.Time > pipeline.Statistics.Watermark!.Value.ToUnixTimeMilliseconds()).ToList();
        Assert.True(open.Count > 0 && pane > 0);

        pipeline.OnNext(TestBatches.Of("p", Views.Skip(2041).Take(300)));
        never.OnNext(TestBatches.Of("p", open.Concat(Views.Skip(2041).Take(300))));

        Assert.Equal(Keys(never), Keys(pipeline));

        static IEnumerable<string> Keys(DetectionPipeline pipeline) => pipeline.Save()
            .Where(entry => entry.Key is { Section: StateSections.Titles } or { Section: StateSections.Properties, High: 0 })
            .Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}");
    }

    [Fact]
    public void Forget_WhatIsNotKnownOrHeld_IsRefused()
    {
        using var pipeline = Read(2180);
        var open = Assert.Single(pipeline.History).Id;

        Assert.Equal("nothing is known of property two", Forget("two"));
        Assert.Equal("nothing is known of title x of property one", Forget("one", "x"));
        Assert.Equal("nothing is known of error type x of property one", Forget("one", null, "x"));
        Assert.Equal("nothing is known of error type x of title title-0 of property one", Forget("one", "title-0", "x"));
        Assert.Equal($"incident {open} is open there: close it first", Forget("one"));
        Assert.Equal($"incident {open} is open there: close it first", Forget("one", null, "a"));
        Assert.Null(Forget("one", null, "b"));
        Assert.Null(Forget("one", "title-0"));
        pipeline.Execute(new CloseCommand("close", "ann", open));
        Assert.Null(Forget("one"));
        Assert.Equal("nothing is known of property one", Forget("one"));

        string? Forget(string property, string? title = null, string? type = null) =>
            pipeline.Execute(new ForgetCommand($"{Guid.NewGuid()}", "ann", property, title, type)).Reason;
    }

    [Fact]
    public void Pause_WhateverComes_EventTimeStandsUntilItIsResumed()
    {
        using var pipeline = Read(2000);
        pipeline.Execute(new PauseCommand("p", "ann", "why"));
        var at = pipeline.Statistics.Watermark;

        pipeline.OnNext(TestBatches.Of("p", Views.Skip(2000).Take(300)));
        pipeline.OnNext(new ViewBatch("p") { Status = PartitionStatus.Idle, Position = "1" });
        using var restored = new DetectionPipeline(new PipelineOptions(), pipeline.Save());
        restored.OnNext(new ViewBatch("q") { Position = "1" });

        Assert.Equal((at, "ann"), (pipeline.Statistics.Watermark, pipeline.Statistics.Paused?.By));
        Assert.Equal((at, "why"), (restored.Statistics.Watermark, restored.Statistics.Paused?.Comment));
        Assert.Empty(pipeline.History);
        pipeline.Execute(new ResumeCommand("r", "ann"));
        pipeline.OnNext(TestBatches.Of("p", Views.Skip(2300)));
        pipeline.OnCompleted();
        Assert.Null(pipeline.Statistics.Paused);
        Assert.Equal(PipelineRun.Final(PipelineRun.Of(Views)).Select(incident => incident.Id), pipeline.History.Select(known => known.Id));
    }

    /// <summary>The end of the source is taken in when the pipeline goes on.</summary>
    [Fact]
    public void Drive_SourceEndsWhilePaused_EndsAfterTheResume()
    {
        using var pipeline = Read(100);
        using var views = new Subject<ViewBatch>();
        var drive = new PipelineDrive(pipeline, _ => { });
        using var reading = drive.Start(new PushedViews(views));
        IPartitionGate gate = drive;
        Assert.Equal((true, false), (gate.IsOpen("p"), gate.IsPaused));

        drive.Between(() => pipeline.Execute(new PauseCommand("p", "ann")));
        Assert.Equal((false, true), (gate.IsOpen("p"), gate.IsPaused));
        views.OnCompleted();
        Assert.False(drive.Ended.IsCompleted || pipeline.HasCompleted);
        drive.Between(() => pipeline.Execute(new PauseCommand("q", "ann")));
        Assert.False(drive.Ended.IsCompleted);
        drive.Between(() => pipeline.Execute(new ResumeCommand("r", "ann")));

        Assert.True(drive.Ended.IsCompletedSuccessfully && pipeline.HasCompleted);
    }

    private static DetectionPipeline Read(int views)
    {
        var pipeline = new DetectionPipeline(new PipelineOptions(), tracksChanges: true);
        pipeline.OnNext(TestBatches.Of("p", Views.Take(views)));
        return pipeline;
    }
}

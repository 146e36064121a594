using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Commands whose confirmed commit the store has lost.</summary>
public sealed partial class CommandQueueTests : IDisposable
{
    private static readonly IReadOnlyList<TestView> Views =
        new TestTraffic(1) { Step = 1000 }.Add(2000, "one", ("a", 0.01)).Add(40, "one", ("a", 0.9)).Add(150, "one").Views;

    private readonly CommandQueue queue = new();
    private readonly List<DetectionPipeline> pipelines = [];

    public void Dispose() => pipelines.ForEach(pipeline => pipeline.Dispose());

    /// <summary>
    /// Somebody sends a confirmed command again while the pipeline begins anew, before the incident that the command is about.
    /// </summary>
    [Fact]
    public async Task Execute_ComesAgainAfterALoss_WaitsForItsEventTimeAsTheFirstDoes()
    {
        var first = Begin();
        var opened = "";
        first.Changes.Subscribe(change => opened = change.Incident.Id);
        Push(first, Views);
        var acknowledge = new AcknowledgeCommand("a", "ann", opened);
        var answer = queue.Add(acknowledge);
        Commit(first);

        var again = queue.Add(acknowledge);
        var next = Begin();
        Push(next, Views.Take(1000));
        Commit(next);
        Assert.False(again.IsCompleted);
        Push(next, Views.Skip(1000));
        Commit(next);

        Assert.False(queue.HasWaiting);
        Assert.Equal(CommandStatus.Done, (await answer).Status);
        Assert.Equal(await answer, await again);
    }

    /// <summary>An old pause that is executed again must not come after a newer resume.</summary>
    [Fact]
    public async Task Execute_NewCommandAfterALoss_DoesNotOvertakeTheOldOnes()
    {
        var first = Begin();
        Push(first, Views);
        Execute(first, new PauseCommand("pause", "ann"), new ResumeCommand("resume", "ann"), Set("old", 7));

        var next = Begin();
        Push(next, Views.Take(1000));
        var resume = queue.Add(new ResumeCommand("resume again", "ann"));
        var set = queue.Add(Set("new", 8));
        Commit(next);
        Assert.False(resume.IsCompleted);
        Push(next, Views.Skip(1000));
        Commit(next);

        Assert.Equal(CommandStatus.AlreadySo, (await resume).Status);
        Assert.Equal(CommandStatus.Done, (await set).Status);
        Assert.Equal("8", Assert.Single(next.Statistics.AdjustedOptions).Value);
        Assert.Equal(["pause", "resume", "old", "resume again", "new"], Executed(next));
    }

    /// <summary>Both were executed by an earlier process, and come again to this one, the newer one first.</summary>
    [Fact]
    public void Execute_CameAgainInAnotherOrder_IsExecutedInTheOrderOfTheFirstTime()
    {
        var earlier = Begin();
        Execute(earlier, new PauseCommand("pause", "ann"), new ResumeCommand("resume", "ann"));
        var restored = Begin(earlier);
        Execute(restored, new ResumeCommand("resume", "ann"));
        Execute(restored, new PauseCommand("pause", "ann"));

        var next = Begin();
        Commit(next);

        Assert.Null(next.Paused);
        Assert.Equal(["pause", "resume"], Executed(next));
    }

    /// <summary>While the pipeline is paused, event time stands: who waits for event time would wait for ever.</summary>
    [Fact]
    public async Task Execute_PausedBeforeItsEventTime_DoesNotWait()
    {
        var first = Begin();
        Execute(first, new PauseCommand("pause", "ann"));
        var saved = first.Save();
        Execute(first, new ResumeCommand("resume", "ann"));
        Push(first, Views);
        Execute(first, Set("late", 7));

        var next = Begin(saved);
        var answer = queue.Add(Set("new", 8));
        Commit(next);

        Assert.Null(next.Paused);
        Assert.Equal(["pause", "resume"], Executed(next));
        Push(next, Views);
        Commit(next);
        Assert.Equal(CommandStatus.Done, (await answer).Status);
        Assert.Equal(["pause", "resume", "late", "new"], Executed(next));
    }

    /// <summary>An id was used twice, by another process and then here. The second command was refused.</summary>
    [Fact]
    public void Execute_RefusedForItsId_DoesNotTakeEffectWhenTheFirstIsLost()
    {
        var earlier = Begin();
        Execute(earlier, new PauseCommand("id", "ann"));
        Execute(earlier, new ResumeCommand("resume", "ann"));
        var other = new CommandQueue();
        var restored = New(earlier.Save());
        other.Begin(restored, () => { });
        _ = other.Add(Set("id", 7));
        Commit(restored, other);

        var next = New();
        other.Begin(next, () => { });
        Commit(next, other);

        Assert.Empty(Executed(next));
    }

    private static SetOptionsCommand Set(string id, int errors) => new(id, "ann", [new("Detection:MinimumErrors", $"{errors}")]);

    private static IEnumerable<string> Executed(DetectionPipeline pipeline) => pipeline.Save()
        .Where(entry => entry.Key is { Section: StateSections.Commands, High: ControlState.OutcomeEntry })
        .OrderBy(entry => entry.Key.Low)
        .Select(entry => CommandOutcome.Load(new StateReader(entry.Value)).CommandId);

    private DetectionPipeline Begin(DetectionPipeline? from = null, PipelineOptions? options = null) => Begin(from?.Save(), options);

    private DetectionPipeline Begin(IReadOnlyList<StateEntry>? saved, PipelineOptions? options = null)
    {
        var pipeline = New(saved, options);
        queue.Begin(pipeline, () => { });
        return pipeline;
    }

    private DetectionPipeline New(IReadOnlyList<StateEntry>? saved = null, PipelineOptions? options = null)
    {
        var pipeline = new DetectionPipeline(options ?? new PipelineOptions(), saved);
        pipelines.Add(pipeline);
        return pipeline;
    }

    /// <summary>Each command is confirmed before the next one comes.</summary>
    private void Execute(DetectionPipeline pipeline, params IReadOnlyList<ControlCommand> commands)
    {
        foreach (var command in commands)
        {
            var answer = queue.Add(command);
            Commit(pipeline);
            Assert.True(answer.IsCompletedSuccessfully);
        }
    }

    private void Commit(DetectionPipeline pipeline, CommandQueue? of = null)
    {
        (of ?? queue).Execute(pipeline);
        (of ?? queue).Take();
        (of ?? queue).Confirm(1);
    }

    private static void Push(DetectionPipeline pipeline, IEnumerable<TestView> views)
    {
        foreach (var chunk in views.Chunk(10))
            pipeline.OnNext(TestBatches.Of("p", chunk));
    }
}

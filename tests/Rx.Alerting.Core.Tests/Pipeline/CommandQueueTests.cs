using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Commands whose confirmed commit the store has lost.</summary>
public sealed class CommandQueueTests : IDisposable
{
    private static readonly IReadOnlyList<TestView> Views =
        new TestTraffic(1) { Step = 1000 }.Add(2000, "one", ("a", 0.01)).Add(40, "one", ("a", 0.9)).Add(150, "one").Views;

    private readonly CommandQueue queue = new();
    private readonly DetectionPipeline first = new(new PipelineOptions());
    private readonly DetectionPipeline next = new(new PipelineOptions());
    private string opened = "";

    public CommandQueueTests() => first.Changes.Subscribe(change => opened = change.Incident.Id);

    public void Dispose()
    {
        first.Dispose();
        next.Dispose();
    }

    /// <summary>
    /// Somebody sends a confirmed command again while the pipeline begins anew, before the incident that the command is about.
    /// </summary>
    [Fact]
    public async Task Execute_ComesAgainAfterALoss_WaitsForItsEventTimeAsTheFirstDoes()
    {
        Push(first, Views);
        var acknowledge = new AcknowledgeCommand("a", "ann", opened);
        queue.Begin(() => { });
        var answer = queue.Add(acknowledge);
        queue.Execute(first);
        queue.Take();
        queue.Confirm();
        queue.End();

        var again = queue.Add(acknowledge);
        queue.Begin(() => { });
        Push(next, Views.Take(1000));
        queue.Execute(next);
        Assert.True(queue.HasWaiting);
        Push(next, Views.Skip(1000));
        queue.Execute(next);
        queue.Take();
        queue.Confirm();

        Assert.False(queue.HasWaiting);
        Assert.Equal(CommandStatus.Done, (await answer).Status);
        Assert.Equal(await answer, await again);
    }

    private static void Push(DetectionPipeline pipeline, IEnumerable<TestView> views)
    {
        foreach (var chunk in views.Chunk(10))
            pipeline.OnNext(TestBatches.Of("p", chunk));
    }
}

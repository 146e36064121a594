using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>How many commands are taken and remembered.</summary>
public sealed partial class CommandQueueTests
{
    [Fact]
    public void Add_ConfirmedCommandsWaitAgain_DoNotCountAgainstTheBound()
    {
        var first = Begin();
        Push(first, Views);
        Execute(first, [.. Enumerable.Range(0, CommandQueue.MaximumWaiting).Select(i => Set($"{i}", 7))]);

        var next = Begin();
        var answer = queue.Add(Set("new", 8));
        Push(next, Views);
        Commit(next);

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(CommandQueue.MaximumWaiting + 1, Executed(next).Count());
    }

    /// <summary>The state has less commands than the queue: what it has forgotten was executed all the same.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Execute_StateRemembersFewerCommands_ExecutesOnlyWhatIsLost(int remembered)
    {
        var few = new PipelineOptions { Control = new() { RememberedCommands = remembered } };
        var first = Begin(options: few);
        for (var i = 0; i < 200; i++)
            Execute(first, Set($"{i}", i % 2 == 0 ? 7 : 8));
        var saved = first.Save();
        for (var i = 200; i < 350; i++)
            Execute(first, Set($"{i}", i % 2 == 0 ? 7 : 8));

        var next = Begin(saved, few);
        var executed = new List<string>();
        next.Outcomes.Subscribe(outcome => executed.Add(outcome.CommandId));
        Commit(next);

        Assert.Equal(Enumerable.Range(200, 150).Select(i => $"{i}"), executed);
    }
}

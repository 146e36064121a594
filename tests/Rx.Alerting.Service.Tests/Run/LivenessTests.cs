using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class LivenessTests : IDisposable
{
    private readonly Liveness liveness = new(new FakeTimeProvider());
    private long step;

    [Fact]
    public void Problem_SameStepForAMinute_NamesThePipeline()
    {
        using var watched = liveness.Watch("kafka/views", () => step);
        step = 7;
        Look(Liveness.Looks - 1);
        Assert.Null(liveness.Problem);

        Look(1);

        Assert.StartsWith("kafka/views has been in one step", liveness.Problem, StringComparison.Ordinal);
        step = 8;
        Look(1);
        Assert.Null(liveness.Problem);
    }

    /// <summary>It waits for a store, a source, an owner, a resume, or for views.</summary>
    [Fact]
    public void Problem_BetweenTwoSteps_IsNone()
    {
        using var watched = liveness.Watch("kafka/views", () => step);

        Look(1000);

        Assert.Null(liveness.Problem);
    }

    [Fact]
    public void Problem_AlwaysAnotherStep_IsNone()
    {
        using var watched = liveness.Watch("kafka/views", () => ++step);

        Look(1000);

        Assert.Null(liveness.Problem);
    }

    [Fact]
    public void Problem_PipelineHasEnded_IsNone()
    {
        step = 7;
        using (liveness.Watch("kafka/views", () => step))
            Look(Liveness.Looks);

        Assert.Null(liveness.Problem);
    }

    public void Dispose() => liveness.Dispose();

    private void Look(int times)
    {
        for (var i = 0; i < times; i++)
            liveness.LookAgain();
    }
}

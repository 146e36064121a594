using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

/// <summary>How many effects a channel does not have.</summary>
public sealed class OutboxBacklogTests
{
    private const int Maximum = 20;

    /// <summary>Effects come, are replaced, dropped and taken; channels come and go; a restored outbox counts anew.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Behind_AfterAnyOperations_IsWhatARecountSays(ulong seed)
    {
        var random = new SplitMix(seed);
        var current = new OutboxState(maximum: Maximum, keeps: true);
        var most = 0;
        current.Begin(["a", "b", "c"]);
        for (var step = 0; step < 2_000; step++)
        {
            switch (random.Next(12))
            {
                case 0:
                    current.Begin(random.Next(2) == 0 ? ["a", "b"] : ["a", "b", "c"]);
                    break;
                case 1:
                    current = Restore(current);
                    break;
                case 2 or 3 or 4:
                    var moved = current.Cursors.ElementAt(random.Next(current.Cursors.Count));
                    var ahead = (int)(current.Latest - moved.Acknowledged);
                    current.Move(moved with { Acknowledged = moved.Acknowledged + random.Next(ahead + 1) });
                    break;
                default:
                    current.Add(Change($"{random.Next(10)}", random.Next(2) == 0 ? IncidentTransition.Updated : IncidentTransition.Opened));
                    break;
            }

            Assert.All(current.Cursors, cursor =>
                Assert.Equal(current.Log.Count(effect => effect.Sequence > cursor.Acknowledged), current.Behind(cursor)));
            most = Math.Max(most, current.Cursors.Max(current.Behind));
        }

        Assert.Equal(Maximum, most);
    }

    /// <summary>A walk through the log would allocate. It is asked several times a second, of each channel.</summary>
    [Fact]
    public void Behind_Asked_DoesNotWalkThroughTheLog()
    {
        var outbox = new OutboxState(Maximum, keeps: true);
        outbox.Begin(["slow"]);
        outbox.Add(Change("a", IncidentTransition.Opened));
        var cursor = Assert.Single(outbox.Cursors);

        AllocationAssert.None(() => outbox.Behind(cursor));
    }

    private static IncidentChange Change(string id, IncidentTransition transition) => new(transition, IncidentSamples.Sample(id));

    private static OutboxState Restore(OutboxState saved)
    {
        var changes = new ChangeWriter();
        saved.Save(changes, everything: true);
        var restored = new OutboxState(maximum: Maximum, keeps: true);
        foreach (var (key, value) in changes.Build().Written)
            restored.Load(key, new StateReader(value));
        restored.EndLoad();
        return restored;
    }
}

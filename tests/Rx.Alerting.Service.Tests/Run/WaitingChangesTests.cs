using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Tests.Api;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>Which changes are printed while a pipeline catches up faster than a terminal prints.</summary>
public sealed class WaitingChangesTests
{
    private readonly WaitingChanges waiting = new(maximum: 3);

    [Fact]
    public async Task Take_FewWait_GivesAllInTheirOrder()
    {
        Add(IncidentTransition.Opened, IncidentTransition.Updated, IncidentTransition.Closed);
        Assert.Equal(["Opened", "Updated", "Closed"], await TakeAsync(3));
    }

    [Fact]
    public async Task Take_ManyWait_DropsUpdatesOnlyAndTellsHowMany()
    {
        Add(IncidentTransition.Opened, IncidentTransition.Updated, IncidentTransition.Updated);
        Add(
            IncidentTransition.Updated,
            IncidentTransition.Updated,
            IncidentTransition.Opened,
            IncidentTransition.Closed,
            IncidentTransition.Expired);
        Assert.Equal(["Opened after 2", "Updated", "Updated", "Opened", "Closed", "Expired"], await TakeAsync(6));
    }

    [Fact]
    public async Task Take_NothingWaits_WaitsForTheNext()
    {
        var taking = TakeAsync(1);
        Assert.False(taking.IsCompleted);
        Add(IncidentTransition.Updated);
        Assert.Equal(["Updated"], await taking);
    }

    private void Add(params IncidentTransition[] transitions)
    {
        foreach (var transition in transitions)
            waiting.Add(new IncidentChange(transition, IncidentSamples.Sample("one")));
    }

    private async Task<List<string>> TakeAsync(int count)
    {
        var taken = new List<string>();
        while (taken.Count < count)
        {
            var (change, dropped) = await waiting.TakeAsync(TestContext.Current.CancellationToken);
            taken.Add(dropped == 0 ? $"{change.Transition}" : $"{change.Transition} after {dropped}");
        }

        return taken;
    }
}

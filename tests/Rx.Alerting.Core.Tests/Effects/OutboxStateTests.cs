using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

public sealed class OutboxStateTests
{
    private readonly OutboxState outbox = new(maximum: 4, keeps: true);

    [Fact]
    public void Add_UpdateOfAnIncidentWithAnUpdate_TakesItsPlace()
    {
        Add("a", IncidentTransition.Opened);
        Add("a", IncidentTransition.Updated);
        Add("b", IncidentTransition.Updated);
        Add("a", IncidentTransition.Updated);
        Add("a", IncidentTransition.Closed);

        Assert.Equal(["1 a Opened", "3 b Updated", "4 a Updated", "5 a Closed"], Log(outbox));
    }

    [Fact]
    public void Move_SlowestCursor_DecidesWhatIsKept()
    {
        outbox.Begin(["fast", "slow"]);
        Add("a", IncidentTransition.Opened);
        Add("b", IncidentTransition.Opened);
        Add("c", IncidentTransition.Opened);

        outbox.Move(new("fast", 3));
        Assert.Equal(3, outbox.Log.Count);
        outbox.Move(new("slow", 2));

        Assert.Equal(["3 c Opened"], Log(outbox));
    }

    [Fact]
    public void Add_MoreThanTheMaximum_DropsTheOldestAndCountsItForThoseWhoDoNotHaveIt()
    {
        outbox.Begin(["fast", "slow"]);
        for (var i = 0; i < 4; i++)
            Add($"{i}", IncidentTransition.Opened);
        outbox.Move(new("fast", 1));

        Add("4", IncidentTransition.Opened);
        Add("5", IncidentTransition.Opened);

        Assert.Equal(["3 2 Opened", "4 3 Opened", "5 4 Opened", "6 5 Opened"], Log(outbox));
        Assert.Equal([("fast", 1L), ("slow", 2L)], outbox.Cursors.Select(cursor => (cursor.Channel, cursor.Dropped)));
        outbox.Move(new("slow", 6) { Attempts = 0 });
        Assert.Equal(2, outbox.Cursors.Single(cursor => cursor.Channel == "slow").Dropped);
    }

    [Fact]
    public void Add_UpdateAfterItsEarlierOneWasDropped_IsKept()
    {
        outbox.Begin(["slow"]);
        Add("a", IncidentTransition.Updated);
        for (var i = 0; i < 4; i++)
            Add($"{i}", IncidentTransition.Opened);

        Add("a", IncidentTransition.Updated);

        Assert.Equal(["3 1 Opened", "4 2 Opened", "5 3 Opened", "6 a Updated"], Log(outbox));
    }

    [Fact]
    public void Begin_NewChannel_BeginsWithTheNextEffect()
    {
        outbox.Begin(["old"]);
        Add("a", IncidentTransition.Opened);

        outbox.Begin(["old", "new"]);
        Add("b", IncidentTransition.Opened);
        outbox.Move(new("old", 2));

        Assert.Equal(["2 b Opened"], Log(outbox));
        Assert.Equal([("new", 1L), ("old", 2L)], outbox.Cursors.Select(cursor => (cursor.Channel, cursor.Acknowledged)));
    }

    /// <summary>The log of an earlier release has no cursors, and was not delivered.</summary>
    [Fact]
    public void Begin_LogWithoutCursors_IsDeliveredToEveryChannel()
    {
        Add("a", IncidentTransition.Opened);
        Add("b", IncidentTransition.Opened);

        outbox.Begin(["one", "two"]);

        Assert.All(outbox.Cursors, cursor => Assert.Equal(0, cursor.Acknowledged));
        Assert.Equal(2, outbox.Log.Count);
    }

    [Fact]
    public void Begin_ChannelIsGone_HoldsNothingBackAndTellsWhatItDoesNotGet()
    {
        outbox.Begin(["stays", "goes"]);
        Add("a", IncidentTransition.Opened);
        Add("b", IncidentTransition.Opened);
        outbox.Move(new("stays", 2));
        outbox.Move(new("goes", 1));

        var gone = Assert.Single(outbox.Begin(["stays"]));

        Assert.Equal(("goes", 1), (gone.Cursor.Channel, gone.Waiting));
        Assert.Empty(outbox.Log);
    }

    [Fact]
    public void Load_WhatSaveHasWritten_GoesOnWithIt()
    {
        outbox.Begin(["console", "page"]);
        Add("a", IncidentTransition.Opened);
        Add("a", IncidentTransition.Updated);
        outbox.Move(new("page", 1) { Attempts = 3, NextAttempt = IncidentSamples.Start });

        var restored = Restore();
        restored.Add(Change("a", IncidentTransition.Updated));

        Assert.Equal(outbox.Cursors, restored.Cursors);
        Assert.Equal(["1 a Opened", "3 a Updated"], Log(restored));
    }

    [Fact]
    public void Save_Changes_TakeTheStoreFromOneStateToTheNext()
    {
        var kept = new Dictionary<StateKey, byte[]>();
        outbox.Begin(["console", "page"]);
        Add("a", IncidentTransition.Opened);
        Take();
        Add("b", IncidentTransition.Opened);
        outbox.Move(new("console", 2));
        outbox.Move(new("page", 1));
        Take();
        outbox.Begin(["console"]);
        Take();

        var changes = new ChangeWriter();
        outbox.Save(changes, everything: true);
        Assert.Equal(
            changes.Build().Written.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order(),
            kept.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value)}").Order());

        void Take()
        {
            var changes = new ChangeWriter();
            outbox.Save(changes, everything: false);
            var built = changes.Build();
            Assert.All(built.Removed, key => Assert.True(kept.Remove(key)));
            foreach (var (key, value) in built.Written)
                kept[key] = value.ToArray();
        }
    }

    private static IncidentChange Change(string id, IncidentTransition transition) => new(transition, IncidentSamples.Sample(id));

    private static IEnumerable<string> Log(OutboxState outbox) =>
        outbox.Log.Select(effect => $"{effect.Sequence} {effect.Id.Subject} {effect.Id.Transition}");

    private void Add(string id, IncidentTransition transition) => outbox.Add(Change(id, transition));

    private OutboxState Restore()
    {
        var changes = new ChangeWriter();
        outbox.Save(changes, everything: true);
        var restored = new OutboxState(maximum: 4, keeps: true);
        foreach (var (key, value) in changes.Build().Written)
            restored.Load(key, new StateReader(value));
        restored.EndLoad();
        return restored;
    }
}

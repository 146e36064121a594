using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Core.Tests.Effects;

/// <summary>The way of incidents from the outbox over the board to the mirrors of all processes.</summary>
public sealed class BoardChannelTests
{
    private const string Pipeline = "kafka/views-0";

    private readonly InMemoryBoard board = new();
    private readonly BoardMirror mirror = new(_ => true);
    private readonly BoardChannel channel;
    private string? position;

    public BoardChannelTests() => channel = Channel(maximumHistory: 2);

    /// <summary>The epoch of the pipeline's owner, as the checkpoint says.</summary>
    private long ownerEpoch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begin_WithAHistory_ShowsItAndNothingElse()
    {
        await Channel().BeginAsync(new(Pipeline, 1, [Sample("old"), Sample("stays")]), Cancel);
        await channel.BeginAsync(new(Pipeline, 2, [Sample("stays"), Sample("new")]), Cancel);

        Assert.Equal(["new", "stays"], await ShownAsync());
    }

    [Fact]
    public async Task Deliver_ChangesOfAnIncident_ShowsTheLatest()
    {
        await BeginAsync();

        await DeliverAsync(Sample("a"), Sample("a", IncidentStatus.Closed, minute: 3));

        Assert.Equal(["a"], await ShownAsync());
        Assert.Equal(IncidentStatus.Closed, mirror.Find("a")!.Status);
        Assert.Equal(IncidentSamples.Start.AddMinutes(4), mirror.LatestUpdate);
    }

    /// <summary>The history of a checkpoint is ahead of the changes in its outbox that some channel does not have yet.</summary>
    [Fact]
    public async Task Deliver_WhatTheHistoryHasAlready_DoesNotGoBack()
    {
        await BeginAsync(Sample("a", IncidentStatus.Closed, minute: 3));

        await DeliverAsync(Sample("a"));

        await ShownAsync();
        Assert.Equal(IncidentStatus.Closed, mirror.Find("a")!.Status);
    }

    [Fact]
    public async Task Deliver_MoreThanTheHistoryKeeps_RemovesWhatWasResolvedLongestAgo()
    {
        await BeginAsync();

        await DeliverAsync(Sample("a", IncidentStatus.Closed), Sample("b", IncidentStatus.Closed, minute: 1), Sample("c", minute: 2));

        Assert.Equal(["b", "c"], await ShownAsync());
    }

    [Fact]
    public async Task Deliver_BoardFailsInBetween_RemovesWhatHadToGoWhenItIsBack()
    {
        await BeginAsync();
        await DeliverAsync(Sample("a", IncidentStatus.Closed), Sample("b", minute: 1));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Effect[] effects = [Effect(Sample("c", minute: 2))];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.DeliverAsync(Pipeline, effects, cancelled.Token));

        await channel.DeliverAsync(Pipeline, effects, Cancel);

        Assert.Equal(["b", "c"], await ShownAsync());
    }

    [Fact]
    public async Task Deliver_BoardIsLost_WritesAllOfItsPart()
    {
        await BeginAsync(Sample("a"));
        board.Lose();

        await DeliverAsync(Sample("b"));

        Assert.Equal(["a", "b"], await ShownAsync());
    }

    [Fact]
    public async Task Deliver_AnotherProcessHasThePart_LeavesItAlone()
    {
        await BeginAsync();
        await Channel().BeginAsync(new(Pipeline, 2, [Sample("theirs")]), Cancel);

        await DeliverAsync(Sample("mine"));

        Assert.Equal(["theirs"], await ShownAsync());
    }

    /// <summary>The checkpoints were lost, and the board was not. Epochs begin again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Board_EpochIsLaterThanThatOfTheOwner_IsTakenBack(bool byDelivery)
    {
        await BeginAsync(Sample("mine"));
        await Channel().BeginAsync(new(Pipeline, 7, [Sample("theirs")]), Cancel);
        ownerEpoch = 1;

        await (byDelivery ? DeliverAsync(Sample("mine")) : RepairAsync());

        Assert.Equal(["mine"], await ShownAsync());
    }

    [Fact]
    public async Task Deliver_AfterThePipelineWasForgotten_LeavesTheBoardAlone()
    {
        await BeginAsync(Sample("a"));
        channel.End(Pipeline);

        await DeliverAsync(Sample("b"));

        Assert.Equal(["a"], await ShownAsync());
    }

    [Fact]
    public async Task Repair_PartIsGone_WritesItAgain()
    {
        await BeginAsync(Sample("a"));
        board.Lose();

        await RepairAsync();

        Assert.Equal(["a"], await ShownAsync());
    }

    [Fact]
    public async Task Repair_PartIsOlderThanItWas_WritesItAgain()
    {
        await BeginAsync(Sample("a"));
        await DeliverAsync(Sample("a", IncidentStatus.Closed, minute: 3));
        await board.ReplaceAsync(Pipeline, 1, [BoardEncoding.Encode(Pipeline, Sample("a"))], Cancel);

        await RepairAsync();

        await ShownAsync();
        Assert.Equal(IncidentStatus.Closed, mirror.Find("a")!.Status);
    }

    [Fact]
    public async Task Repair_ValueIsDamaged_WritesItAgain()
    {
        await BeginAsync(Sample("a"));
        await board.PostAsync(Pipeline, 1, [BoardEncoding.Encode(Pipeline, Sample("a")) with { Value = new byte[] { 0 } }], [], Cancel);
        await ShownAsync();
        Assert.Null(mirror.Find("a"));

        await RepairAsync();

        Assert.Equal(["a"], await ShownAsync());
    }

    [Fact]
    public async Task Repair_PartIsInOtherHands_LeavesItAlone()
    {
        await BeginAsync(Sample("a"));
        await Channel().BeginAsync(new(Pipeline, 2, [Sample("theirs")]), Cancel);

        await RepairAsync();

        Assert.Equal(["theirs"], await ShownAsync());
    }

    [Fact]
    public async Task Repair_AnEarlierOwnerHasTakenThePart_TakesItBack()
    {
        await channel.BeginAsync(new(Pipeline, 2, [Sample("mine")]), Cancel);
        Assert.Equal(["mine"], await ShownAsync());
        await Channel().BeginAsync(new(Pipeline, 1, [Sample("theirs")]), Cancel);
        Assert.Equal(["theirs"], await ShownAsync());

        await RepairAsync();

        Assert.Equal(["mine"], await ShownAsync());
    }

    [Fact]
    public async Task Mirror_OfAnotherStream_DoesNotShowIt()
    {
        await BeginAsync(Sample("a"));
        var other = new BoardMirror(pipeline => pipeline == "kafka/others");

        other.Apply(await board.ReadAsync(null, Cancel));

        Assert.Empty(other.Snapshot());
    }

    /// <summary>While processes of two releases run, the older one cannot read what the newer one writes.</summary>
    [Theory]
    [InlineData(99, 1000)]
    [InlineData(2, 100)]
    [InlineData(2, 3)]
    [InlineData(1, 1000)]
    public async Task Mirror_IncidentThatCannotBeRead_IsCountedAndNotShown(byte version, int length)
    {
        await BeginAsync(Sample("a"));
        var newer = BoardEncoding.Encode(Pipeline, Sample("b"));
        var value = newer.Value.ToArray();
        value[0] = version;
        value = value[..Math.Min(length, value.Length)];
        await board.PostAsync(Pipeline, 1, [newer with { Value = value }], [], Cancel);

        Assert.Equal(["a"], await ShownAsync());
        Assert.Equal(1, mirror.Unreadable);
        Assert.Null(mirror.Find("b"));
    }

    [Fact]
    public async Task Mirror_OfKey_FollowsWhatComesAndGoes()
    {
        await BeginAsync(Same("a", IncidentStatus.Closed, 0), Same("b", IncidentStatus.Open, 1));
        Assert.Equal(["a Closed", "b Open"], await OfSameKeyAsync());

        // The history keeps two incidents, so the one that was resolved longest ago goes.
        await DeliverAsync(Same("b", IncidentStatus.Closed, 2), Same("c", IncidentStatus.Open, 3));
        Assert.Equal(["b Closed", "c Open"], await OfSameKeyAsync());

        await channel.BeginAsync(new(Pipeline, 2, [Same("d", IncidentStatus.Open, 4), Sample("other")]), Cancel);
        Assert.Equal(["d Open"], await OfSameKeyAsync());
        Assert.Null(mirror.Find("c"));
    }

    private static Incident Same(string id, IncidentStatus status, int minute) => Sample(id, status, minute) with { IncidentKey = "same" };

    private static Incident Sample(string id, IncidentStatus status = IncidentStatus.Open, int minute = 0) =>
        IncidentSamples.Sample(id, status, minute);

    private static ChangeEffect Effect(Incident incident) => new(1, IncidentSamples.Change(incident));

    private BoardChannel Channel(int maximumHistory = 10) => new(board, maximumHistory, (_, _) => Task.FromResult(ownerEpoch));

    private Task BeginAsync(params Incident[] history) => channel.BeginAsync(new(Pipeline, 1, history), Cancel);

    private Task DeliverAsync(params Incident[] incidents) =>
        channel.DeliverAsync(Pipeline, [.. incidents.Select(Effect)], Cancel);

    private async Task RepairAsync() => await channel.RepairAsync(await board.ReadAsync(null, Cancel), Cancel);

    private async Task<IEnumerable<string>> ShownAsync()
    {
        var reading = await board.ReadAsync(position, Cancel);
        mirror.Apply(reading);
        position = reading.Position;
        return mirror.Snapshot().Select(incident => incident.Id).Order(StringComparer.Ordinal);
    }

    private async Task<IEnumerable<string>> OfSameKeyAsync()
    {
        await ShownAsync();
        return mirror.OfKey("same").Select(incident => $"{incident.Id} {incident.Status}").Order(StringComparer.Ordinal);
    }
}

using Rx.Alerting.Core.Effects;
using static Rx.Alerting.Connectors.Tests.Contracts.BoardView;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What every board must do about posts and readings. Derived classes give the board.</summary>
public abstract class BoardContract
{
    protected const string Views = "views";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IBoard Board { get; }

    /// <summary>A board of another process, on the same store.</summary>
    protected abstract IBoard Other { get; }

    [Fact]
    public async Task Read_BoardWithoutParts_IsEmptyAndKnowsItsPosition()
    {
        var first = await Board.ReadAsync(null, Cancel);
        Assert.True(first.IsWhole);
        Assert.Empty(first.Entries);
        Assert.Empty(first.Parts);
        var second = await Board.ReadAsync(first.Position, Cancel);
        Assert.False(second.IsWhole);
        Assert.Empty(second.Entries);
    }

    [Fact]
    public async Task Read_AfterReplace_HasAllOfEveryPart()
    {
        await Board.ReplaceAsync(Views, 3, [Entry(Views, "a", "1"), Entry(Views, "b", "2", 5)], Cancel);
        await Board.ReplaceAsync("plays", 9, [Entry("plays", "a", "3")], Cancel);
        await Board.ReplaceAsync("empty", 1, [], Cancel);

        var view = new BoardView(Other);
        var reading = await view.ReadAsync();

        Assert.True(reading.IsWhole);
        Assert.Equal(["plays a 3", "views a 1", "views b 2"], view.Lines);
        Assert.Equal(Time.AddSeconds(5), reading.Entries.Single(entry => entry.Id == "b").UpdatedAt);
        Assert.Equal([("empty", 1L), ("plays", 9L), ("views", 3L)], reading.Parts.Select(part => (part.Key, part.Value)).Order());
        Assert.Empty(await view.ChangesAsync());
    }

    [Fact]
    public async Task Post_NewAndChanged_TellsOnlyThese()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"), Entry(Views, "b", "1"), Entry(Views, "c", "1"));

        Assert.Equal(1, await Board.PostAsync(Views, 1, [Entry(Views, "b", "2", 1), Entry(Views, "d", "1")], ["c", "never"], Cancel));

        Assert.Equal(["views b 2", "views c gone", "views d 1"], await view.ChangesAsync());
        Assert.Equal(["views a 1", "views b 2", "views d 1"], view.Lines);
        Assert.Empty(await view.ChangesAsync());
    }

    [Fact]
    public async Task Post_EarlierState_DoesNotReplaceALaterOne()
    {
        var view = await BeginAsync(Entry(Views, "a", "later", 9), Entry(Views, "b", "before 1970", -2_000_000_000));

        Assert.Equal(1, await Board.PostAsync(
            Views, 1, [Entry(Views, "a", "earlier", 8), Entry(Views, "b", "earlier yet", -2_000_000_001)], [], Cancel));
        Assert.Empty(await view.ChangesAsync());

        await Board.PostAsync(Views, 1, [Entry(Views, "a", "of the same time", 9), Entry(Views, "b", "now")], [], Cancel);
        Assert.Equal(["views a of the same time", "views b now"], await view.ChangesAsync());
    }

    [Fact]
    public async Task Post_Repeated_IsNotToldAgain()
    {
        var view = await BeginAsync(Entry(Views, "b", "1"));
        for (var time = 0; time < 3; time++)
        {
            await Board.PostAsync(Views, 1, [Entry(Views, "a", "1", 2)], ["b"], Cancel);
            Assert.Equal(time == 0 ? ["views a 1", "views b gone"] : [], await view.ChangesAsync());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(0)]
    public async Task Post_AnotherEpoch_ChangesNothingAndAnswersWhoHasThePart(long epoch)
    {
        await Board.ReplaceAsync(Views, 5, [Entry(Views, "a", "1")], Cancel);
        var view = new BoardView(Board);
        await view.ReadAsync();

        Assert.Equal(5, await Other.PostAsync(Views, epoch, [Entry(Views, "a", "2", 1)], ["a"], Cancel));
        Assert.Equal(5, await Other.PostAsync(Views, 5, [], [], Cancel));

        Assert.Empty(await view.ChangesAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Take_GivesThePart_AndTheEarlierOwnerWritesNothingMore(long epoch)
    {
        await Board.ReplaceAsync(Views, 5, [Entry(Views, "a", "1"), Entry(Views, "b", "2", 5)], Cancel);
        await Board.ReplaceAsync("plays", 5, [Entry("plays", "c", "3")], Cancel);

        var taken = await Other.TakeAsync(Views, epoch, Cancel);
        Assert.Equal(epoch, await Board.PostAsync(Views, 5, [Entry(Views, "a", "too late", 9)], ["b"], Cancel));
        Assert.Equal(epoch, await Other.PostAsync(Views, epoch, [Entry(Views, "b", "3", 9)], [], Cancel));

        Assert.Equal(["a 1", "b 2"], taken.Select(entry => $"{entry.Id} {Said(entry)}").Order(StringComparer.Ordinal));
        Assert.Equal(Time.AddSeconds(5), taken.Single(entry => entry.Id == "b").UpdatedAt);
        var view = new BoardView(Board);
        Assert.Equal(epoch, (await view.ReadAsync()).Parts[Views]);
        Assert.Equal(["plays c 3", "views a 1", "views b 3"], view.Lines);
    }

    [Fact]
    public async Task Take_WithoutPart_MakesAnEmptyOne()
    {
        Assert.Empty(await Board.TakeAsync(Views, 3, Cancel));
        Assert.Equal(3, await Board.PostAsync(Views, 3, [Entry(Views, "a", "1")], [], Cancel));
        Assert.Equal(["a 1"], (await Other.TakeAsync(Views, 3, Cancel)).Select(entry => $"{entry.Id} {Said(entry)}"));
    }

    /// <summary>The part is in other hands, so readers read everything.</summary>
    [Fact]
    public async Task Take_ByAnotherEpoch_MakesTheNextReadingWhole()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        await Board.TakeAsync(Views, 1, Cancel);
        Assert.Empty(await view.ChangesAsync());
        await Board.TakeAsync(Views, 2, Cancel);
        Assert.True((await view.ReadAsync()).IsWhole);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Post_WithoutPart_Answers0AndMakesNone(long epoch)
    {
        Assert.Equal(0, await Board.PostAsync(Views, epoch, [Entry(Views, "a", "1")], ["b"], Cancel));
        var reading = await Board.ReadAsync(null, Cancel);
        Assert.Empty(reading.Entries);
        Assert.Empty(reading.Parts);
    }

    [Fact]
    public async Task Read_ManyChangesOfOneIncident_TellsTheLatestOnce()
    {
        var view = await BeginAsync(Entry(Views, "b", "1"), Entry(Views, "c", "1"));
        for (var second = 1; second <= 9; second++)
            await Board.PostAsync(Views, 1, [Entry(Views, "a", $"{second}", second)], second % 2 == 0 ? ["b"] : [], Cancel);
        await Board.PostAsync(Views, 1, [], ["c"], Cancel);
        await Board.PostAsync(Views, 1, [Entry(Views, "c", "2", 1)], [], Cancel);
        Assert.Equal(["views a 9", "views b gone", "views c 2"], await view.ChangesAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("5")]
    [InlineData("-")]
    [InlineData("1-1")]
    [InlineData("7 f")]
    [InlineData("99999999999999999999-0")]
    public async Task Read_PositionOfAnotherBoard_ReadsEverything(string position)
    {
        await BeginAsync(Entry(Views, "a", "1"));
        var reading = await Board.ReadAsync(position, Cancel);
        Assert.True(reading.IsWhole);
        Assert.Single(reading.Entries);
        Assert.False((await Board.ReadAsync(reading.Position, Cancel)).IsWhole);
    }

    [Fact]
    public async Task AnyCall_Cancelled_DoesNothing()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        var stopped = new CancellationToken(canceled: true);
        await Cancels(() => Board.ReplaceAsync(Views, 2, [], stopped));
        await Cancels(() => Board.PostAsync(Views, 1, [], ["a"], stopped));
        await Cancels(() => Board.TakeAsync(Views, 2, stopped));
        await Cancels(() => Board.ReadAsync(null, stopped));
        Assert.Empty(await view.ChangesAsync());

        static Task Cancels(Func<Task> call) => Assert.ThrowsAnyAsync<OperationCanceledException>(call);
    }

    /// <summary>Replaces the part of epoch 1, and gives a reader of the other process that has read it.</summary>
    private protected async Task<BoardView> BeginAsync(params BoardEntry[] entries)
    {
        await Board.ReplaceAsync(Views, 1, entries, Cancel);
        var view = new BoardView(Other);
        await view.ReadAsync();
        return view;
    }
}

using static Rx.Alerting.Connectors.Tests.Contracts.BoardView;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What every board must do when a part begins, is replaced, or is removed.</summary>
public abstract class BoardPartsContract : BoardContract
{
    /// <summary>Whoever has read up to one of these positions has the changes up to there, whichever process has told them.</summary>
    [Fact]
    public async Task Read_SeveralChangesAtOnce_TellsThePositionOfEach()
    {
        await Board.ReplaceAsync(Views, 1, [], Cancel);
        var begin = (await Board.ReadAsync(null, Cancel)).Position;
        await Board.PostAsync(Views, 1, [Entry(Views, "a", "1"), Entry(Views, "b", "1")], [], Cancel);
        var between = (await Other.ReadAsync(begin, Cancel)).Position;
        await Board.PostAsync(Views, 1, [Entry(Views, "c", "1"), Entry(Views, "a", "2", 1)], ["b"], Cancel);

        var all = await Board.ReadAsync(begin, Cancel);

        Assert.Equal(["a", "b", "c"], all.Positions.Keys.Select(key => key.Id).Order(StringComparer.Ordinal));
        Assert.Contains(all.Position, all.Positions.Values);
        var first = await Board.ReadAsync(all.Positions[(Views, "c")], Cancel);
        Assert.Equal(["a", "b"], first.Positions.Keys.Select(key => key.Id).Order(StringComparer.Ordinal));
        Assert.Equal(all.Positions[(Views, "a")], (await Other.ReadAsync(between, Cancel)).Positions[(Views, "a")]);
    }

    [Fact]
    public async Task Read_PartHasBegun_IsToldOnce()
    {
        var view = new BoardView(Board);
        await view.ReadAsync();
        await Board.ReplaceAsync(Views, 3, [], Cancel);
        Assert.Equal(3, (await view.ReadAsync()).Parts[Views]);
        Assert.Empty(await view.ChangesAsync());
    }

    [Fact]
    public async Task Replace_EarlierState_WinsAndIsTold()
    {
        var view = await BeginAsync(Entry(Views, "a", "later", 9));
        await Other.ReplaceAsync(Views, 1, [Entry(Views, "a", "earlier", 8)], Cancel);
        Assert.Equal(["views a earlier"], await view.ChangesAsync());
        await Board.PostAsync(Views, 1, [Entry(Views, "a", "next", 8)], [], Cancel);
        Assert.Equal(["views a next"], await view.ChangesAsync());
    }

    [Fact]
    public async Task Replace_Again_TellsOnlyWhatIsOther()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"), Entry(Views, "b", "1"), Entry(Views, "c", "1"));
        await Board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1"), Entry(Views, "c", "2"), Entry(Views, "d", "1")], Cancel);
        Assert.Equal(["views b gone", "views c 2", "views d 1"], await view.ChangesAsync());
        Assert.Equal(0, (await Board.ReadAsync(view.Position, Cancel)).Entries.Count);
    }

    /// <summary>So an owner notices that an earlier owner, who was asleep, has taken its part.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Replace_ByAnotherEpoch_MakesTheNextReadingWhole(long epoch)
    {
        await Board.ReplaceAsync(Views, 2, [Entry(Views, "a", "1")], Cancel);
        var view = new BoardView(Board);
        await view.ReadAsync();

        await Other.ReplaceAsync(Views, epoch, [Entry(Views, "a", "1")], Cancel);

        var reading = await view.ReadAsync();
        Assert.True(reading.IsWhole);
        Assert.Equal(epoch, reading.Parts[Views]);
        Assert.Equal(["views a 1"], view.Lines);
        Assert.False((await view.ReadAsync()).IsWhole);
    }

    /// <summary>Epochs begin again where checkpoints were lost.</summary>
    [Fact]
    public async Task Replace_LowerEpoch_TakesThePart()
    {
        await Board.ReplaceAsync(Views, 5, [Entry(Views, "a", "1")], Cancel);
        await Other.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);
        Assert.Equal(1, await Board.PostAsync(Views, 5, [Entry(Views, "a", "2")], [], Cancel));
        Assert.Equal(1, await Other.PostAsync(Views, 1, [], [], Cancel));
    }

    [Fact]
    public async Task Replace_ByNothing_LeavesAPartWithoutIncidents()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        await Board.ReplaceAsync(Views, 1, [], Cancel);
        Assert.Equal(["views a gone"], await view.ChangesAsync());
        Assert.Equal(1, await Board.PostAsync(Views, 1, [Entry(Views, "b", "1")], [], Cancel));
        Assert.Equal(["views b 1"], await view.ChangesAsync());
    }

    /// <summary>So a channel tries whether the store takes anything.</summary>
    [Fact]
    public async Task Post_WritesAndRemovesTheSame_LeavesNothing()
    {
        await BeginAsync(Entry(Views, "a", "1"));
        Assert.Equal(1, await Board.PostAsync(Views, 1, [Entry(Views, "-", "1", 2)], ["-"], Cancel));
        Assert.Equal(["a"], (await Board.TakeAsync(Views, 1, Cancel)).Select(entry => entry.Id));
    }
}

using System.Globalization;
using Rx.Alerting.Core.Effects;
using static Rx.Alerting.Connectors.Tests.Contracts.BoardView;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What every board must do with odd and with many incidents, with calls at the same time, and when it loses something.</summary>
public abstract class BoardLoadContract : BoardPartsContract
{
    private const int Many = 10_000;

    /// <summary>Deletes everything behind the backs of the boards.</summary>
    protected abstract Task LoseAsync();

    /// <summary>Deletes a part behind the backs of the boards.</summary>
    protected abstract Task LoseAsync(string pipeline);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("{board}")]
    [InlineData("a/b\\c:d*?[e]")]
    [InlineData("Übersicht 視聴 🎬")]
    [InlineData("'; DROP TABLE board --")]
    public async Task Read_OddNames_AreGivenBack(string name)
    {
        await Board.ReplaceAsync("before", 1, [], Cancel);
        var view = await BeginAsync();
        await Board.ReplaceAsync(name, 7, [Entry(name, name + "/1", "")], Cancel);
        Assert.Equal(7, await Board.PostAsync(name, 7, [Entry(name, name + "/2", "")], [], Cancel));

        Assert.Equal(7, (await view.ReadAsync()).Parts[name]);
        Assert.Equal([$"{name} {name}/1 ", $"{name} {name}/2 "], view.Lines);
        await Board.PostAsync(name, 7, [Entry(name, name + "/1", "x", 1)], [name + "/2"], Cancel);
        Assert.Equal([$"{name} {name}/1 x", $"{name} {name}/2 gone"], await view.ChangesAsync());
    }

    [Fact]
    public async Task Read_BinaryValues_AreGivenBack()
    {
        byte[][] values = [[], [0], [32, 32], [.. Enumerable.Range(0, 256).Select(value => (byte)value)], "12 34"u8.ToArray()];
        var entries = values.Select((value, i) => new BoardEntry(Views, Number(i), Time, value)).ToList();
        await Board.ReplaceAsync(Views, 1, entries, Cancel);
        var whole = await Other.ReadAsync(null, Cancel);
        Assert.Equal(values, Values(whole));

        var later = entries.Select(entry => entry with { UpdatedAt = Time.AddMilliseconds(1) }).ToList();
        await Board.PostAsync(Views, 1, later, [], Cancel);
        var changes = await Other.ReadAsync(whole.Position, Cancel);
        Assert.False(changes.IsWhole);
        Assert.Equal(values, Values(changes));
        Assert.All(changes.Entries, entry => Assert.Equal(Time.AddMilliseconds(1), entry.UpdatedAt));

        static IEnumerable<byte[]> Values(BoardReading reading) =>
            reading.Entries.OrderBy(entry => entry.Id, StringComparer.Ordinal).Select(entry => entry.Value.ToArray());
    }

    [Fact]
    public async Task ReplaceAndPost_ManyIncidents_AreAllThere()
    {
        var view = await BeginAsync(Large("1", 0));
        Assert.Equal(Many, view.Incidents.Count);

        await Board.PostAsync(Views, 1, Large("2", 1).Take(Many / 4).ToList(), [], Cancel);
        Assert.Equal(Many / 4, (await view.ChangesAsync()).Count());
        Assert.Equal(Many / 4, view.Incidents.Values.Count(value => value[0] == '2'));

        await Board.PostAsync(Views, 1, Large("3", 2), [], Cancel);
        await view.ReadAsync();
        Assert.Equal(Many, view.Incidents.Values.Count(value => value is ['3', ..] && value.Length == 3_000));

        await Board.ReplaceAsync(Views, 1, Large("3", 2).Take(10).ToList(), Cancel);
        await view.ReadAsync();
        Assert.Equal(10, view.Incidents.Count);
    }

    [Fact]
    public async Task Read_FarBehind_ReadsEverything()
    {
        var view = await BeginAsync(Entry(Views, "stays", "1"));
        for (var round = 1; round <= 11; round++)
        {
            var entries = Enumerable.Range(0, 1_000).Select(i => Entry(Views, Number(i), $"{round}", round)).ToList();
            await Board.PostAsync(Views, 1, entries, [], Cancel);
        }

        Assert.True((await view.ReadAsync()).IsWhole);
        Assert.Equal(1_001, view.Incidents.Count);
        Assert.Equal(1_000, view.Incidents.Values.Count(value => value == "11"));
        Assert.Empty(await view.ChangesAsync());
    }

    [Fact]
    public async Task Read_BoardLost_ReadsEverythingAndPostAnswers0()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"));
        await LoseAsync();

        Assert.True((await view.ReadAsync()).IsWhole);
        Assert.Empty(view.Incidents);
        Assert.Empty(await view.ChangesAsync());
        Assert.Equal(0, await Board.PostAsync(Views, 1, [Entry(Views, "a", "1")], [], Cancel));

        await Board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);
        await view.ReadAsync();
        Assert.Equal(["views a 1"], view.Lines);
        Assert.Empty(await view.ChangesAsync());
    }

    [Fact]
    public async Task Read_PartLostAndWrittenAgain_KeepsNothingOfBefore()
    {
        var view = await BeginAsync(Entry(Views, "a", "1"), Entry(Views, "b", "1"));
        await LoseAsync(Views);
        Assert.Equal(0, await Board.PostAsync(Views, 1, [Entry(Views, "a", "1")], [], Cancel));

        await Board.ReplaceAsync(Views, 1, [Entry(Views, "a", "1")], Cancel);

        await view.ReadAsync();
        Assert.Equal(["views a 1"], view.Lines);
    }

    [Fact]
    public async Task Replace_WhileOthersRead_TakesNothingAwayThatStays()
    {
        var entries = Enumerable.Range(0, 3_000).Select(i => Entry(Views, Number(i), new('x', 500))).ToArray();
        var view = await BeginAsync(entries);
        for (var round = 2; round <= 6; round++)
        {
            // What stays is as it was, or has another state. The last one comes and goes.
            var next = entries.Select((entry, i) => i % 2 == 0 ? entry : Entry(Views, entry.Id, $"{round}"))
                .SkipLast(round % 2).ToList();
            var replacing = Task.Run(() => Board.ReplaceAsync(Views, round, next, Cancel), Cancel);
            do
            {
                Assert.InRange((await Other.ReadAsync(null, Cancel)).Entries.Count, 2_999, 3_000);
                Assert.DoesNotContain((await view.ReadAsync()).Gone, gone => gone.Id != Number(2_999));
            }
            while (!replacing.IsCompleted);
            await replacing;
            await view.ReadAsync();
            Assert.Equal(next.Count, view.Incidents.Count);
        }
    }

    [Fact]
    public async Task Replace_OfTwoOwnersAtOnce_OneHoldsAndHasItsIncidentsOnly()
    {
        var view = await BeginAsync();
        for (var round = 0; round < 5; round++)
        {
            var owners = new[] { Board, Other }.Select((board, i) => Task.Run(
                () => board.ReplaceAsync(
                    Views, i + 1, [.. Enumerable.Range(0, 2_000).Select(n => Entry(Views, $"{n + (i * 1_000)}", $"of {i + 1}"))], Cancel),
                Cancel));
            await Task.WhenAll(owners);

            var epoch = (await Board.ReadAsync(null, Cancel)).Parts[Views];
            await view.ReadAsync();
            Assert.Equal(2_000, view.Incidents.Count);
            Assert.All(view.Incidents.Values, value => Assert.Equal($"of {epoch}", value));
        }
    }

    [Fact]
    public async Task Post_OfTwoBoardsAtOnce_KeepsTheLatestOfEach()
    {
        var view = await BeginAsync();
        var writers = new[] { Board, Other, Board, Other }.Select((board, writer) => Task.Run(
            async () =>
            {
                for (var second = 1; second <= 50; second++)
                {
                    var shared = Entry(Views, "shared", $"{second}", second);
                    Assert.Equal(1, await board.PostAsync(
                        Views, 1, [shared, Entry(Views, $"own {writer}", $"{second}", second)], [$"none {second}"], Cancel));
                }
            },
            Cancel));
        var writing = Task.WhenAll(writers);
        while (!writing.IsCompleted)
            await view.ReadAsync();
        await writing;
        await view.ReadAsync();
        Assert.Equal(["views own 0 50", "views own 1 50", "views own 2 50", "views own 3 50", "views shared 50"], view.Lines);
    }

    private static BoardEntry[] Large(string first, int second) =>
        [.. Enumerable.Range(0, Many).Select(i => Entry(Views, Number(i), first.PadRight(3_000, 'x'), second))];

    private static string Number(int number) => number.ToString("d5", CultureInfo.InvariantCulture);
}

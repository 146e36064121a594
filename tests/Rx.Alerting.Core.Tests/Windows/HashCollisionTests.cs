using System.Reactive.Linq;
using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Tests.Windows;

/// <summary>Names that are chosen to have equal hashes are counted as collisions.</summary>
public sealed class HashCollisionTests
{
    private static readonly byte[] First = Colliding("one-name");
    private static readonly byte[] Second = Colliding("another!");

    private readonly WindowState state = new(new WindowOptions(), new BaselineOptions());
    private long start;

    [Fact]
    public void KeyHash_OfTheNames_IsTheSame() => Assert.Equal(KeyHash.Of(First), KeyHash.Of(Second));

    [Fact]
    public void Titles_OfOneHash_AreCountedAsTheFirstAndSaidToBe()
    {
        Pane("p"u8, First, "x"u8);
        Assert.Equal(0, state.Counts.Collisions);
        for (var pane = 0; pane < 16; pane++)
            Pane("p"u8, Second, "x"u8);

        Assert.Equal((1, 1L), (state.Titles, state.Counts.Collisions));
        Assert.Equal(First, state.FindTitle(state.FindProperty("p"u8)!, Second)!.Name);
    }

    [Fact]
    public void Properties_OfOneHash_AreCountedAsTheFirstAndSaidToBe()
    {
        Pane(First, "t"u8, "x"u8);
        for (var pane = 0; pane < 16; pane++)
            Pane(Second, "t"u8, "x"u8);

        Assert.Equal((1, 1L), (state.Properties, state.Counts.Collisions));
        Assert.Equal(First, state.FindProperty(Second)!.Name);
    }

    [Fact]
    public void ErrorTypes_OfOneHash_AreCountedAsTheFirstAndSaidToBe()
    {
        Pane("p"u8, "t"u8, First);
        Pane("p"u8, "t"u8, Second);

        var series = state.FindProperty("p"u8)!.FirstSeries!;
        Assert.Equal(First, series.Type);
        Assert.Null(series.Next);
        Assert.Equal(1, state.Counts.Collisions);
        Assert.Equal(2, series.WindowErrors);
    }

    /// <summary>A title whose hash makes the combined hash 0 for every property.</summary>
    [Fact]
    public void Titles_OfTwoPropertiesOfOneCombinedHash_LeaveAStateThatCanBeRestored()
    {
        const ulong zero = 0x8CB92BA72F3D8DD7;
        Pane("p"u8, "t"u8, "x"u8, zero);
        Pane("q"u8, "u"u8, "y"u8, zero);
        Pane("q"u8, "u"u8, "y"u8, zero);

        Assert.Equal((1, 2L), (state.Titles, state.Counts.Collisions));
        Assert.Equal(1, state.FindProperty("p"u8)!.FirstTitle!.Position);
        Assert.Equal(2, state.FindProperty("q"u8)!.Position);
        var restored = new WindowState(new WindowOptions(), new BaselineOptions());
        new OperatorStates([restored]).Load(new OperatorStates([state]).Save());
        Assert.Equal((2, 1), (restored.Properties, restored.Titles));
    }

    /// <summary>With this begin, the first multiplication is by 0. So the next 8 bytes do not change the hash.</summary>
    private static byte[] Colliding(string end) => [.. BitConverter.GetBytes(0xD1B54A32D192ED03), .. Encoding.ASCII.GetBytes(end)];

    private void Pane(ReadOnlySpan<byte> property, ReadOnlySpan<byte> title, ReadOnlySpan<byte> type, ulong? titleHash = null)
    {
        var batch = new ViewBatch("a");
        batch.Add(new View
        {
            Property = batch.Append(property),
            PropertyHash = KeyHash.Of(property),
            Title = batch.Append(title),
            TitleHash = titleHash ?? KeyHash.Of(title),
            Failure = batch.Add(new Failure { ErrorType = batch.Append(type), ErrorTypeHash = KeyHash.Of(type) }),
            Circumstances = -1,
        });
        var pane = new Pane();
        pane.Reset(start, start += 1000);
        pane.Add(batch, batch.Views[0]);
        using var _ = Observable.Return(new PaneRelease(pane, pane.End - 1)).Observations(state).Subscribe();
    }
}

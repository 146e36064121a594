using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>What is broken comes first, and not what is rare.</summary>
public sealed class WorstFirstTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 3, 12, 0, TimeSpan.Zero);

    /// <summary>An error that never happens is many deviations above normal when it happens once.</summary>
    private static readonly ErrorTypeRate Rare = Rate("rare", errors: 1, baseline: 0) with { Deviation = 90 };

    private static readonly ErrorTypeRate Usual = Rate("usual", errors: 100, baseline: 0.1);

    private static readonly ErrorTypeRate Broken = Rate("broken", errors: 127, baseline: 0.01) with { Deviation = 30 };

    private static readonly ErrorTypeRate Told = Rate("told", errors: 20, baseline: 0) with { IsHeld = true };

    [Fact]
    public void ErrorTypes_HaveTheMostFailedViewsBeyondNormalFirst() =>
        Assert.Equal(["broken", "rare", "usual"], Types(Key("a", Usual, Rare, Broken)));

    [Fact]
    public void ErrorTypes_OfWhichNoneIsBeyondNormal_HaveTheMostFailedViewsFirst()
    {
        var (some, none) = (Rate("some", errors: 15, baseline: 0.02), Rate("none", errors: 0, baseline: 0.0001));

        Assert.Equal(["some", "none"], Types(Key("a", none, some)));
    }

    [Fact]
    public void ErrorTypes_WithAnOpenIncident_ComeFirst() =>
        Assert.Equal(["told", "broken", "rare"], Types(Key("a", Rare, Broken, Told)));

    [Fact]
    public void Keys_AreOrderedByOpenIncidents_ThenByFailedViewsBeyondNormal()
    {
        KeyRates[] keys = [Key("rare", Rare), Key("told", Told), Key("usual", Usual), Key("broken", Broken)];

        Assert.Equal(["told", "broken", "rare", "usual"], Names(keys, KeyOrder.Worst, skip: 0, take: 25));
    }

    [Theory]
    [InlineData(KeyOrder.Deviation)]
    [InlineData(KeyOrder.Errors)]
    [InlineData(KeyOrder.Views)]
    [InlineData(KeyOrder.Name)]
    public void Keys_OfAnotherOrder_StayAsTheyAre(KeyOrder order) =>
        Assert.Equal(["rare", "broken"], Names([Key("rare", Rare), Key("broken", Broken)], order, skip: 0, take: 25));

    /// <summary>Only the first ones are put in order, so pages must not meet there with a key twice, or without one.</summary>
    [Theory]
    [InlineData(25)]
    [InlineData(30)]
    [InlineData(100)]
    public void Keys_OfAllPages_AreEachThereOnce(int ofAPage)
    {
        var names = Enumerable.Range(0, 250).Select(number => $"{number:D3}").ToList();
        var keys = names.Select((name, number) => Key(name, Rate("error", errors: number, baseline: 0))).ToList();

        var shown = new List<string>();
        for (var skip = 0; skip < keys.Count; skip += ofAPage)
            shown.AddRange(Names(keys, KeyOrder.Worst, skip, ofAPage));

        Assert.Equal(names, shown.Order(StringComparer.Ordinal));
        Assert.Equal("099", shown[0]);
        Assert.Equal(names[100..], shown[100..]);
    }

    [Fact]
    public void Key_FailsWithAllOfItsErrorTypes()
    {
        var key = Key("a", Usual, Broken);

        Assert.Equal(0.227, WorstFirst.Failing(key), 9);
        Assert.Equal(0.11, WorstFirst.Normal(key), 9);
        Assert.Equal(0, WorstFirst.Failing(Key("a")));
    }

    /// <summary>As the pipelines would answer.</summary>
    private static IEnumerable<string> Names(IReadOnlyList<KeyRates> all, KeyOrder order, int skip, int take)
    {
        var question = new RateQuestion { Skip = skip, Take = take };
        var asked = WorstFirst.Asked(question, order);
        var answer = new RatePage([.. all.Skip(asked.Skip).Take(asked.Take)], all.Count, At);
        return WorstFirst.Answer(answer, question, order).Keys.Select(key => key.Property);
    }

    private static IEnumerable<string> Types(KeyRates key) =>
        WorstFirst.Answer(new([key], 1, At), new(), KeyOrder.Name).Keys[0].ErrorTypes.Select(type => type.ErrorType);

    private static KeyRates Key(string name, params ErrorTypeRate[] types) =>
        new(name, null, 5000, At, 1000, types.Sum(type => type.Errors), types);

    private static ErrorTypeRate Rate(string type, long errors, double baseline) =>
        new(type, 1000, errors, baseline, baseline + 0.05, 1, At, IsHeld: false);
}

using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

/// <summary>What is normal of a value is learned for each error type.</summary>
public sealed class LearnedTypesTests
{
    private const long Second = 1000;

    /// <summary>Ordinary views until this pane. Then an incident begins.</summary>
    private const int Ordinary = 4000;

    /// <summary>
    /// Views of three CDNs in many countries. The error rates of an ordinary view are 0.5 %, but those of fastly with one type 10 %.
    /// </summary>
    private static FacetState Learned(string worseType, Func<string, string, double> incident, int otherTypes = 0)
    {
        var random = new SplitMix(5);
        var state = new FacetState(1 << 30, _ => false);
        for (var i = 0; i < Ordinary + 60; i++)
        {
            if (i == Ordinary)
                state.Hold(KeyHash.Of("p"), i * Second);
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 40).Select(view => View(i, view))));
        }

        return state;

        TestView View(int pane, int view)
        {
            var cdn = (view % 3) switch { 0 => "fastly", 1 => "akamai", _ => "lumen" };
            var type = Types().FirstOrDefault(type => random.NextDouble() < Rate(pane, cdn, type)) ?? "";
            return new((pane * Second) + view, "p", $"t{random.Next(500)}", type, "", $"cdn={cdn} country=c{random.Next(20)}");
        }

        double Rate(int pane, string cdn, string type) => type.StartsWith("rare", StringComparison.Ordinal) ? 0.0005
            : pane >= Ordinary ? incident(cdn, type) : type == worseType && cdn == "fastly" ? 0.1 : 0.005;

        IEnumerable<string> Types() => ["a", "b", .. Enumerable.Range(0, otherTypes).Select(i => $"rare{i}")];
    }

    private static Ranking Explain(FacetState state, string type, double normal) => state.Explain(new(
        KeyHash.Of("p"), null, KeyHash.Of(type), Ordinary * Second, normal))!;

    private static string Best(Ranking ranking) =>
        string.Join(" and ", ranking.Best[0].Dimensions.Select(one => $"{one.Name}={one.Value}"));

    [Fact]
    public void Explain_ValueThatIsAlwaysWorseForAnotherType_IsNamed()
    {
        var state = Learned("a", (cdn, type) => type == "b" ? cdn == "fastly" ? 0.1 : 0.005 : 0.005);

        var ranking = Explain(state, "b", 0.005);

        Assert.Equal((ExplainedBy.Cause, "cdn=fastly"), (ranking.By, Best(ranking)));
        Assert.InRange(ranking.Best[0].NormalRate, 0.002, 0.009);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Explain_ValueThatIsAlwaysWorseForTheType_IsExcused(int otherTypes)
    {
        var state = Learned("a", (cdn, type) => type == "a" ? cdn == "fastly" ? 0.3 : 0.015 : 0.005, otherTypes);

        var ranking = Explain(state, "a", 0.037);

        Assert.Equal(ExplainedBy.None, ranking.By);
        Assert.All(ranking.Best.Where(one => one.Dimensions is [{ Value: "fastly" }]), one => Assert.InRange(one.NormalRate, 0.06, 0.2));
    }
}

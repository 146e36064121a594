using System.Numerics;
using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Core.Tests.Baselines;

public sealed class BetaBinomialTests
{
    [Theory]
    [InlineData(1000, 0.03, 0, 57)]
    [InlineData(1000, 0.03, 0.001, 72)]
    [InlineData(1000, 0.03, 0.005, 117)]
    [InlineData(1000, 0.05, 0, 83)]
    [InlineData(1000, 0.05, 0.001, 100)]
    [InlineData(1000, 0.05, 0.005, 151)]
    [InlineData(100, 0.03, 0, 13)]
    [InlineData(100, 0.03, 0.001, 14)]
    [InlineData(100, 0.03, 0.005, 18)]
    [InlineData(50, 0.03, 0, 10)]
    [InlineData(50, 0.03, 0.001, 10)]
    [InlineData(50, 0.03, 0.005, 12)]
    public void SmallestAnomaly_ReferenceVectors_AreMet(long n, double p, double rho, long expected)
    {
        Assert.Equal(expected, BetaBinomial.SmallestAnomaly(n, p, rho, 1e-5));
        var rate = BetaRate.FromOverdispersion(p, rho);
        Assert.True(BetaBinomial.UpperTail(expected, n, rate) <= 1e-5);
        Assert.True(BetaBinomial.UpperTail(expected - 1, n, rate) > 1e-5);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(20, 3, 97, 1)]
    [InlineData(50, 1, 1000, 7)]
    [InlineData(100, 1, 3, 10)]
    [InlineData(150, 60, 1940, 1)]
    [InlineData(150, 999, 1, 1)]
    [InlineData(200, 3, 97, 1_000_000)]
    [InlineData(200, 300_000_000, 9_700_000_000, 1)]
    public void LogUpperTail_AgainstWholeNumbers_Agrees(int n, long a, long b, long c)
    {
        var expected = new ExactBetaBinomial(n, a, b, c).LogTails();
        var rate = BetaRate.FromCounts((double)a / c, (double)b / c);
        for (var k = 0; k <= n; k++)
        {
            AssertClose(expected[k], BetaBinomial.LogUpperTail(k, n, rate), 1e-11);
            AssertClose(Math.Exp(expected[k]), BetaBinomial.UpperTail(k, n, rate), 1e-11 * Math.Exp(expected[k]));
        }
    }

    [Theory]
    [InlineData(1000, 60, 30, 970, 1)]
    [InlineData(1000, 600, 150, 4850, 1)]
    [InlineData(10_000, 480, 3, 97, 1)]
    [InlineData(10_000, 3_000, 150, 4850, 1)]
    [InlineData(100_000, 3_300, 150, 4850, 1)]
    [InlineData(100_000, 2_000, 150, 4850, 1)]
    [InlineData(100_000, 5_000, 15_000, 485_000, 1)]
    [InlineData(100_000, 99_990, 1, 1, 10)]
    [InlineData(100_000, 5_000, 300_000_000, 9_700_000_000, 1)]
    public void LogUpperTail_ManyViews_AgreesWithFixedPoint(int n, int k, long a, long b, long c)
    {
        var expected = new ExactBetaBinomial(n, a, b, c).LogTail(k);
        AssertClose(expected, BetaBinomial.LogUpperTail(k, n, BetaRate.FromCounts((double)a / c, (double)b / c)), 1e-10);
    }

    [Fact]
    public void Terms_OfWholeNumbers_SumToOne()
    {
        var exact = new ExactBetaBinomial(60, 3, 97, 10);
        Assert.Equal(exact.Unit(), exact.Terms().Aggregate(BigInteger.Add));
    }

    [Theory]
    [InlineData(1, 0.5, 0)]
    [InlineData(1000, 0.03, 0)]
    [InlineData(1000, 0.03, 1e-12)]
    [InlineData(1000, 0.03, 0.02)]
    [InlineData(1000, 1e-9, 0.02)]
    [InlineData(100_000, 0.97, 0.001)]
    [InlineData(100_000, 0.2, 0.9)]
    public void Terms_SumToOne(long n, double p, double rho)
    {
        var rate = BetaRate.FromOverdispersion(p, rho);
        double sum = 0;
        for (var k = 0L; k <= n; k++)
            sum += Math.Exp(BetaBinomialTerm.Log(k, n, rate));
        Assert.Equal(1, sum, 1e-11);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    [InlineData(1e-15)]
    [InlineData(double.Epsilon)]
    public void UpperTail_TinyOverdispersion_ApproachesTheBinomial(double rho)
    {
        for (var k = 1; k < 1000; k++)
        {
            // The change of a tail by ρ is of the order of ρ k²/p.
            var tolerance = (rho * k * k / 0.03) + 1e-11;
            var binomial = BetaBinomial.LogUpperTail(k, 1000, BetaRate.FromOverdispersion(0.03, 0));
            AssertClose(binomial, BetaBinomial.LogUpperTail(k, 1000, BetaRate.FromOverdispersion(0.03, rho)), tolerance);
        }
    }

    [Theory]
    [InlineData(0, 10, 1, 1, 1)]
    [InlineData(-3, 10, 1, 1, 1)]
    [InlineData(11, 10, 1, 1, 0)]
    [InlineData(1, 0, 1, 1, 0)]
    [InlineData(0, 0, 1, 1, 1)]
    [InlineData(1, 10, 0, 1, 0)]
    [InlineData(0, 10, 0, 1, 1)]
    [InlineData(10, 10, 1, 0, 1)]
    [InlineData(11, 10, 1, 0, 0)]
    [InlineData(4, 9, 1, 1, 0.6)]
    public void UpperTail_AtTheEdges_IsExact(long k, long n, double a, double b, double expected)
    {
        Assert.Equal(expected, BetaBinomial.UpperTail(k, n, a, b), 1e-14);
        Assert.Equal(Math.Log(expected), BetaBinomial.LogUpperTail(k, n, BetaRate.FromCounts(a, b)), 1e-13);
        Assert.True(BetaBinomial.TailAtMost(k, n, a, b, Math.Min(1, expected + 1e-13)));
        Assert.False(BetaBinomial.TailAtMost(k, n, a, b, expected - 1e-13));
    }

    [Theory]
    [InlineData(0, 0.03, 1e-5, 1)]
    [InlineData(3, 0.03, 1e-5, 4)]
    [InlineData(100, 0, 1e-5, 1)]
    [InlineData(100, 1, 1e-5, 101)]
    [InlineData(100, 0.03, 1, 0)]
    [InlineData(100, 0.03, 0, 101)]
    public void SmallestAnomaly_AtTheEdges_IsNoneOrTheFirst(long n, double p, double probability, long expected) =>
        Assert.Equal(expected, BetaBinomial.SmallestAnomaly(n, p, 0.001, probability));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void UpperTail_NoDistribution_Throws(double a, double b) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaBinomial.UpperTail(1, 2, a, b));

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(1.1, 0)]
    [InlineData(0.5, -0.1)]
    [InlineData(0.5, 1)]
    public void SmallestAnomaly_NoDistribution_Throws(double p, double rho) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaBinomial.SmallestAnomaly(10, p, rho, 0.01));

    [Fact]
    public void UpperTail_AllocatesNothing() => AllocationAssert.None(() =>
    {
        for (var k = 0; k < 1000; k++)
        {
            BetaBinomial.UpperTail(k, 1000, 30, 970);
            BetaBinomial.TailAtMost(k, 1000, 30, 970, 1e-6);
        }
    });

    private static void AssertClose(double expected, double actual, double tolerance) =>
        Assert.True(expected == actual || Math.Abs(expected - actual) <= tolerance, $"{actual:R} is not {expected:R}");
}

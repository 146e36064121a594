using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Core.Tests.Baselines;

public sealed class OverdispersionTests
{
    [Theory]
    [InlineData(100, 0.03, 0)]
    [InlineData(100, 0.03, 0.005)]
    [InlineData(1000, 0.05, 0.02)]
    [InlineData(20, 0.5, 0.3)]
    public void Moment_OverAllOutcomes_AveragesToTheOverdispersion(int n, double p, double rho)
    {
        var rate = BetaRate.FromOverdispersion(p, rho);
        double mean = 0;
        for (var k = 0; k <= n; k++)
            mean += Math.Exp(BetaBinomialTerm.Log(k, n, rate)) * Overdispersion.Moment(k, n, p);
        Assert.Equal(rho, mean, 1e-9);
    }

    [Theory]
    [InlineData(30, 1000, 0.03, -1.0 / 999)]
    [InlineData(1, 1, 0.03, 0)]
    [InlineData(0, 0, 0.03, 0)]
    [InlineData(3, 10, 0, 0)]
    [InlineData(3, 10, 1, 0)]
    [InlineData(10, 10, 0.1, 89.0 / 9)]
    public void Moment_AtTheEdges_IsFinite(long k, long n, double p, double expected) =>
        Assert.Equal(expected, Overdispersion.Moment(k, n, p), 1e-12);

    [Fact]
    public void VarianceOfErrors_IsTheVarianceOfTheDistribution()
    {
        var rate = BetaRate.FromCounts(3, 97);
        double variance = 0;
        for (var k = 0; k <= 200; k++)
            variance += Math.Exp(BetaBinomialTerm.Log(k, 200, rate)) * (k - 6) * (k - 6);
        Assert.Equal(variance, rate.VarianceOfErrors(200), 1e-9);
    }
}

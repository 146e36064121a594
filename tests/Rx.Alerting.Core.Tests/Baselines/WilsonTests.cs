using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Core.Tests.Baselines;

public sealed class WilsonTests
{
    [Theory]
    [InlineData(224, 1000, 0.19924, 0.25087)]
    [InlineData(0, 50, 0, 0.07135)]
    [InlineData(3, 20, 0.05237, 0.36042)]
    [InlineData(50, 50, 0.92865, 1)]
    [InlineData(0, 0, 0, 1)]
    public void Interval_ReferenceVectors_AreMet(long k, long n, double lower, double upper)
    {
        var (low, high) = Wilson.Interval(k, n);
        Assert.Equal(lower, low, 5e-6);
        Assert.Equal(upper, high, 5e-6);
    }

    [Fact]
    public void Interval_Bounds_SolveTheScoreEquation()
    {
        for (var k = 1; k < 30; k++)
        {
            var (low, high) = Wilson.Interval(k, 30, 2.5);
            foreach (var p in new[] { low, high })
                Assert.Equal(2.5, Math.Abs((k / 30.0) - p) / Math.Sqrt(p * (1 - p) / 30), 1e-9);
        }
    }
}

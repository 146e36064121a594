using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Core.Tests.Baselines;

public sealed class BetaBinomialProperties
{
    private sealed record Case(int N, double P, double Rho, double Probability);

    private static readonly Arbitrary<Case> Cases = (
        from n in Gen.Choose(1, 3000)
        from p in Gen.Choose(1, 99_999)
        from rho in Gen.Frequency((1, Gen.Constant(0.0)), (9, Gen.Choose(0, 1200).Select(x => Math.Pow(10, -x / 100.0) * 0.9)))
        from probability in Gen.Choose(0, 1400).Select(x => Math.Pow(10, -x / 100.0))
        select new Case(n, p / 100_000.0, rho, probability)).ToArbitrary();

    [Fact]
    public void UpperTail_MoreErrors_IsNeverLikelier() => Check.QuickThrowOnFailure(Prop.ForAll(Cases, c =>
    {
        var rate = BetaRate.FromOverdispersion(c.P, c.Rho);
        var last = 1.0;
        for (var k = 0; k <= c.N + 1; k++)
        {
            var tail = BetaBinomial.UpperTail(k, c.N, rate);

            // Where the terms between are below the last digit, rounding alone may make a tail larger.
            if (!(tail >= 0 && tail <= last * (1 + 1e-11)))
                return false;
            last = tail;
        }

        return last == 0;
    }));

    [Fact]
    public void UpperTail_AndTheOtherSide_SumToOne() => Check.QuickThrowOnFailure(Prop.ForAll(Cases, c =>
    {
        var rate = BetaRate.FromOverdispersion(c.P, c.Rho);
        return Enumerable.Range(0, c.N + 1).All(k =>
            Math.Abs(BetaBinomial.UpperTail(k, c.N, rate) + BetaBinomial.UpperTail(c.N - k + 1, c.N, rate.Mirrored) - 1) < 1e-11);
    }));

    [Fact]
    public void TailAtMost_AgreesWithTheTail() => Check.QuickThrowOnFailure(Prop.ForAll(Cases, c =>
    {
        var rate = BetaRate.FromOverdispersion(c.P, c.Rho);
        return Enumerable.Range(0, c.N + 2).All(k =>
        {
            var tail = BetaBinomial.UpperTail(k, c.N, rate);
            return Math.Abs(tail - c.Probability) <= 1e-11 * c.Probability
                || BetaBinomial.TailAtMost(k, c.N, rate, c.Probability) == tail <= c.Probability;
        });
    }));

    [Fact]
    public void SmallestAnomaly_IsWhereTheTailFallsBelow() => Check.QuickThrowOnFailure(Prop.ForAll(Cases, c =>
    {
        var rate = BetaRate.FromOverdispersion(c.P, c.Rho);
        var k = BetaBinomial.SmallestAnomaly(c.N, rate, c.Probability);
        return (k > c.N || BetaBinomial.TailAtMost(k, c.N, rate, c.Probability))
            && (k == 0 || !BetaBinomial.TailAtMost(k - 1, c.N, rate, c.Probability));
    }));
}

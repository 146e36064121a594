using BenchmarkDotNet.Attributes;
using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Benchmarks.Operators;

/// <summary>A verdict costs one <c>TailAtMost</c>; the threshold that people are shown, one <c>SmallestAnomaly</c>.</summary>
[MemoryDiagnoser]
public class BetaBinomialBenchmarks
{
    private readonly BetaRate rate = BetaRate.FromOverdispersion(0.03, 0.001);

    [Params(100, 1000, 100_000)]
    public int Views { get; set; }

    [Benchmark]
    public double UpperTail() => BetaBinomial.UpperTail(Views / 10, Views, rate);

    [Benchmark]
    public bool TailAtMost() => BetaBinomial.TailAtMost(Views / 20, Views, rate, 1e-6);

    [Benchmark]
    public long SmallestAnomaly() => BetaBinomial.SmallestAnomaly(Views, rate, 1e-6);
}

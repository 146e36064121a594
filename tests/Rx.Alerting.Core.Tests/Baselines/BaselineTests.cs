using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Baselines;

public sealed class BaselineTests
{
    private const long Week = 7L * 86_400_000;

    private static readonly BaselineOptions Options = new();
    private static readonly BetaRate Prior = new(0.1, 0.9, 0.1);

    [Fact]
    public void Fold_ManyViews_LearnsTheRate()
    {
        var baseline = Folded(new Baseline(0, 0, Options), windows: 50, rate: 0.03);

        Assert.InRange(baseline.Posterior(Prior).Mean, 0.027, 0.033);
        Assert.Equal(Options.MinimumOverdispersion, baseline.Overdispersion(0.03, Options), 0.0008);
    }

    [Fact]
    public void Fold_LessThanAChunk_ChangesNothingYet()
    {
        var baseline = new Baseline(0, 0, Options);
        baseline.Fold(99, 99, 0, Prior, 1000, Options);

        Assert.Equal(0, baseline.Weight);
    }

    [Fact]
    public void Fold_AfterAHalfLife_OldViewsCountHalf()
    {
        var baseline = new Baseline(1000, 0, Options);
        baseline.Fold(100, 0, Week, Prior, 1000, Options);

        Assert.Equal(600, baseline.Weight, 1e-9);
    }

    [Fact]
    public void Fold_ABurst_IsWinsorised()
    {
        var baseline = Folded(new Baseline(0, 0, Options), windows: 20, rate: 0.01);
        var before = baseline.Posterior(Prior).Mean;
        baseline.Fold(100, 100, 0, Prior, 1000, Options);

        // 100 views with 1 expected error and a deviation of 1: about 4 are counted, not 100.
        Assert.InRange(baseline.Posterior(Prior).Mean - before, 0, 5.0 / 20_000);
    }

    [Fact]
    public void Overdispersion_RateThatWandersFromWindowToWindow_IsLearnedWithinItsBounds()
    {
        var baseline = new Baseline(0, 0, Options);
        for (var window = 0; window < 200; window++)
            baseline = Folded(baseline, 1, window % 2 == 0 ? 0.02 : 0.06, (ulong)window);

        Assert.InRange(baseline.Overdispersion(0.04, Options), 0.004, Options.MaximumOverdispersion);
    }

    [Fact]
    public void Overdispersion_OfARareErrorType_IsBoundedByItsRate()
    {
        var baseline = new Baseline(0, 0, Options);
        for (var window = 0; window < 200; window++)
            baseline = Folded(baseline, 1, window % 2 == 0 ? 0 : 0.01, (ulong)window);

        Assert.Equal(Options.MaximumVariation * Options.MaximumVariation * 0.005 / 0.995, baseline.Overdispersion(0.005, Options), 1e-9);
    }

    [Fact]
    public void Accept_NewLevel_IsWhatIsNormalFromNowOn()
    {
        var baseline = Folded(new Baseline(0, 0, Options), windows: 20, rate: 0.01);
        baseline.Accept(1000, 200, 0);

        Assert.InRange(baseline.Posterior(Prior).Mean, 0.19, 0.21);
    }

    [Fact]
    public void SaveAndLoad_InTheMiddleOfAChunk_GoesOnTheSame()
    {
        var baseline = Folded(new Baseline(0, 0, Options), windows: 3, rate: 0.05);
        baseline.Fold(70, 7, 10, Prior, 1000, Options);
        var writer = new StateWriter();
        baseline.Save(writer);
        var loaded = Baseline.Load(new StateReader(writer.Written));

        baseline.Fold(2000, 100, 20, Prior, 1000, Options);
        loaded.Fold(2000, 100, 20, Prior, 1000, Options);

        Assert.Equal(baseline, loaded);
    }

    private static Baseline Folded(Baseline baseline, int windows, double rate, ulong seed = 7)
    {
        var random = new SplitMix(seed);
        for (var chunk = 0; chunk < windows * 10; chunk++)
            baseline.Fold(100, Enumerable.Range(0, 100).Count(_ => random.NextDouble() < rate), 0, Prior, 1000, Options);
        return baseline;
    }
}

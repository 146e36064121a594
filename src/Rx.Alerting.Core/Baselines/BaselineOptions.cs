using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Baselines;

/// <summary>Section <c>Baseline</c>: how what is normal is learned.</summary>
public sealed record BaselineOptions
{
    /// <summary>Event time after which a view counts half. 1 hour to 365 days; default 7 days.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Overdispersion (intra-class correlation) that is never undercut. 0 to 0.5; default 2e-4.</summary>
    public double MinimumOverdispersion { get; init; } = 2e-4;

    /// <summary>Overdispersion that is never exceeded. 0 to 0.5; default 0.02.</summary>
    public double MaximumOverdispersion { get; init; } = 0.02;

    /// <summary>Largest standard deviation of the rate from window to window that overdispersion may stand for, relative to the rate. 0 to 10; default 0.4.</summary>
    public double MaximumVariation { get; init; } = 0.4;

    /// <summary>Overdispersion of a baseline that has not yet learned its own. 0 to 0.5; default 1e-3.</summary>
    public double InitialOverdispersion { get; init; } = 1e-3;

    /// <summary>What a title's baseline weighs in views of its property before its own views count. 1 to 1 million; default 200.</summary>
    public double TitlePriorViews { get; init; } = 200;

    /// <summary>Error rate that is assumed of a property never seen before. 0 to 1; default 0.1.</summary>
    public double InitialErrorRate { get; init; } = 0.1;

    /// <summary>What that assumption weighs, in views. 0.1 to 1 million; default 10.</summary>
    public double InitialViews { get; init; } = 10;

    /// <summary>Views are folded in with at most the expected errors plus this many standard deviations. 1 to 10; default 3.</summary>
    public double WinsorDeviations { get; init; } = 3;

    /// <summary>Views of a property inside one incident after which its level is accepted as the new normal. 100 to 100 million; default 24,000.</summary>
    public long AcceptAfterViews { get; init; } = 24_000;

    /// <summary>The same for a title. 100 to 100 million; default 2400.</summary>
    public long TitleAcceptAfterViews { get; init; } = 2400;

    internal void Validate(OptionFaults faults)
    {
        faults.Range("Baseline:HalfLife", HalfLife, TimeSpan.FromHours(1), TimeSpan.FromDays(365));
        faults.Range("Baseline:MinimumOverdispersion", MinimumOverdispersion, 0, 0.5);
        faults.Range("Baseline:MaximumOverdispersion", MaximumOverdispersion, MinimumOverdispersion, 0.5);
        faults.Range("Baseline:MaximumVariation", MaximumVariation, 0, 10);
        faults.Range("Baseline:InitialOverdispersion", InitialOverdispersion, 0, 0.5);
        faults.Range("Baseline:TitlePriorViews", TitlePriorViews, 1, 1e6);
        faults.Range("Baseline:InitialErrorRate", InitialErrorRate, 0, 1);
        faults.Range("Baseline:InitialViews", InitialViews, 0.1, 1e6);
        faults.Range("Baseline:WinsorDeviations", WinsorDeviations, 1, 10);
        faults.Range("Baseline:AcceptAfterViews", AcceptAfterViews, 100, 100_000_000);
        faults.Range("Baseline:TitleAcceptAfterViews", TitleAcceptAfterViews, 100, 100_000_000);
    }
}
